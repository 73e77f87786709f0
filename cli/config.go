package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// configName is the file that is read without being named.
const configName = "iamcensus.yaml"

// applyConfig sets the flags that the command line left alone, from the
// environment or else from the config file. Flags of other commands may stand
// in the file too.
func applyConfig(cmd *cobra.Command) error {
	config, err := readConfig(cmd)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, command := range cmd.Root().Commands() {
		command.Flags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
	}
	for name := range config {
		if !known[name] {
			return fmt.Errorf("%s: there is no flag --%s", configFile(cmd), name)
		}
	}
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || failed != nil {
			return
		}
		variable := "IAMCENSUS_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value, ok := os.LookupEnv(variable); ok {
			if err := cmd.Flags().Set(f.Name, value); err != nil {
				failed = fmt.Errorf("%s=%s: %w", variable, value, err)
			}
			return
		}
		for _, value := range config[f.Name] {
			if err := cmd.Flags().Set(f.Name, value); err != nil {
				failed = fmt.Errorf("%s: %s: %w", configFile(cmd), f.Name, err)
			}
		}
	})
	return failed
}

func configFile(cmd *cobra.Command) string {
	if name, _ := cmd.Flags().GetString("config"); name != "" {
		return name
	}
	if name := os.Getenv("IAMCENSUS_CONFIG"); name != "" {
		return name
	}
	return configName
}

// readConfig reads flags and their values; set: may be a list or a mapping.
func readConfig(cmd *cobra.Command) (map[string][]string, error) {
	name := configFile(cmd)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && name == configName {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("config file: %w", err)
	}
	var raw map[string]any
	if err := yaml.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	config := map[string][]string{}
	for flag, value := range raw {
		switch value := value.(type) {
		case map[string]any:
			for key, v := range value {
				config[flag] = append(config[flag], key+"="+listed(v))
			}
		case []any:
			for _, v := range value {
				config[flag] = append(config[flag], fmt.Sprint(v))
			}
		default:
			config[flag] = []string{fmt.Sprint(value)}
		}
	}
	return config, nil
}

// listed writes a value or a list of them: 45, or 30,90.
func listed(v any) string {
	list, ok := v.([]any)
	if !ok {
		return fmt.Sprint(v)
	}
	parts := make([]string, len(list))
	for i, part := range list {
		parts[i] = fmt.Sprint(part)
	}
	return strings.Join(parts, ",")
}

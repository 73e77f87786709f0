package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// configName is the config file that is read without being named.
const configName = "iamcensus.yaml"

// withoutConfig are commands that work with a broken config, too: they describe
// the program.
var withoutConfig = []string{"completion", "formats", "help", "version", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd}

// configured is the annotation of flags whose value is from the environment or
// the config file.
const configured = "configured"

// onCommandLine reports whether a flag was set there.
func onCommandLine(cmd *cobra.Command, name string) bool {
	f := cmd.Flags().Lookup(name)
	_, elsewhere := f.Annotations[configured]
	return f.Changed && !elsewhere
}

// applyConfig sets flags that are not set on the command line from the
// environment, or else from the config file, in which flags of all commands may
// stand.
func applyConfig(cmd *cobra.Command) error {
	for c := cmd; c != nil; c = c.Parent() {
		if slices.Contains(withoutConfig, c.Name()) {
			return nil
		}
	}
	file, config, err := readConfig(cmd)
	if err != nil {
		return err
	}
	for name := range config {
		if !isFlag(cmd.Root(), name) {
			return fmt.Errorf("%s: unknown flag %q", file, name)
		}
	}
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || failed != nil {
			return
		}
		variable := "IAMCENSUS_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value, ok := os.LookupEnv(variable); ok {
			failed = configure(cmd, f.Name, variable, value)
			return
		}
		failed = configure(cmd, f.Name, file+": "+f.Name, config[f.Name]...)
	})
	return failed
}

// configure sets a flag to values from the environment or the config file.
func configure(cmd *cobra.Command, name, source string, values ...string) error {
	for _, value := range values {
		if err := cmd.Flags().Set(name, value); err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
		if err := cmd.Flags().SetAnnotation(name, configured, nil); err != nil {
			return err
		}
	}
	return nil
}

// isFlag reports whether the command or one below it has the flag.
func isFlag(cmd *cobra.Command, name string) bool {
	return cmd.Flags().Lookup(name) != nil || slices.ContainsFunc(cmd.Commands(), func(c *cobra.Command) bool { return isFlag(c, name) })
}

// openConfig reads the config file that is named, or else the first of the
// default ones that exists; name is "" if none does.
func openConfig(cmd *cobra.Command) (name string, data []byte, err error) {
	name, _ = cmd.Flags().GetString("config")
	if name == "" {
		name = os.Getenv("IAMCENSUS_CONFIG")
	}
	if name != "" {
		data, err = os.ReadFile(name)
		return name, data, err
	}
	names := []string{configName}
	if folder, err := os.UserConfigDir(); err == nil {
		names = append(names, filepath.Join(folder, "iamcensus", configName))
	}
	for _, name := range names {
		if data, err = os.ReadFile(name); !errors.Is(err, fs.ErrNotExist) {
			return name, data, err
		}
	}
	return "", nil, nil
}

// readConfig reads flags and their values. A value may be a list, or a mapping:
// set: {key_rotation.days: 45}.
func readConfig(cmd *cobra.Command) (name string, config map[string][]string, err error) {
	name, data, err := openConfig(cmd)
	if err != nil {
		return name, nil, fmt.Errorf("config file: %w", err)
	}
	var raw map[string]any
	if err := yaml.Unmarshal(data, &raw); err != nil {
		return name, nil, fmt.Errorf("%s: %w", name, err)
	}
	config = map[string][]string{}
	for flag, value := range raw {
		switch value := value.(type) {
		case map[string]any:
			for key, v := range value {
				config[flag] = append(config[flag], key+"="+commaSeparated(v))
			}
		case []any:
			for _, v := range value {
				config[flag] = append(config[flag], fmt.Sprint(v))
			}
		default:
			config[flag] = []string{fmt.Sprint(value)}
		}
	}
	return name, config, nil
}

// commaSeparated writes a value or a list of them: 45, or 30,90.
func commaSeparated(v any) string {
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

package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"iamcensus/report"
	"iamcensus/report/input"
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
func applyConfig(cmd *cobra.Command, args []string) error {
	for c := cmd; c != nil; c = c.Parent() {
		if slices.Contains(withoutConfig, c.Name()) {
			return nil
		}
	}
	file, config, err := readConfig(cmd, args)
	if err != nil {
		return err
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
		if _, isList := f.Value.(pflag.SliceValue); len(config[f.Name]) > 1 && !isList {
			failed = fmt.Errorf("%s: %s takes one value, not a list", file, f.Name)
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

// configFile is a config file; its name is "" if there is none.
type configFile struct {
	name   string
	data   []byte
	isHere bool // found in the working folder, which may be another's
}

// openConfig reads the config file that is named, or else the first of the
// default ones that exists.
func openConfig(cmd *cobra.Command, args []string) (file configFile, err error) {
	named, _ := cmd.Flags().GetString("config")
	if file.name = cmp.Or(named, os.Getenv("IAMCENSUS_CONFIG")); file.name == "" {
		if file.isHere, err = findHere(cmd.ErrOrStderr(), args); err != nil {
			return file, err
		}
		folder, err := os.UserConfigDir()
		switch {
		case file.isHere:
			file.name = configName
		case err == nil:
			file.name = filepath.Join(folder, "iamcensus", configName)
		default:
			return file, nil
		}
		if _, err := os.Stat(file.name); errors.Is(err, fs.ErrNotExist) {
			return configFile{}, nil
		}
	}
	if file.data, err = input.Read(file.name, maxConfigBytes); err != nil {
		return file, fmt.Errorf("config file: %w", err)
	}
	return file, nil
}

// findHere reports whether to take the config of the working folder, and says
// so: not if that is one of the folders that are loaded.
func findHere(stderr io.Writer, args []string) (bool, error) {
	info, err := os.Lstat(configName)
	switch {
	case err != nil:
		return false, nil
	case isLoaded(args):
		_, err := fmt.Fprintf(stderr, "%s is ignored, since its folder is loaded: add --config %s to use it\n", configName, configName)
		return false, err
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("%s in this folder is not a regular file: remove it, or name another with --config", configName)
	}
	_, err = fmt.Fprintf(stderr, "flags are taken from %s in this folder\n", configName)
	return true, err
}

// isLoaded reports whether the working folder is one of the paths, or below one.
func isLoaded(paths []string) bool {
	here, err := os.Getwd()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	return err != nil || slices.ContainsFunc(paths, func(path string) bool {
		real, err := filepath.EvalSymlinks(path)
		if err == nil {
			real, err = filepath.Abs(real)
		}
		below, outside := filepath.Rel(real, here)
		return err == nil && outside == nil && filepath.IsLocal(below)
	})
}

// readConfig reads and checks the config file.
func readConfig(cmd *cobra.Command, args []string) (name string, config map[string][]string, err error) {
	file, err := openConfig(cmd, args)
	if err != nil {
		return "", nil, err
	}
	if config, err = parseConfig(file.data); err != nil {
		return "", nil, fmt.Errorf("%s: %w", file.name, err)
	}
	for flag, values := range config {
		switch {
		case !isFlag(cmd.Root(), flag):
			return "", nil, fmt.Errorf("%s: unknown flag %q", file.name, flag)
		case flag == "config", file.isHere && namesFile(flag, values):
			return "", nil, fmt.Errorf("%s: %s cannot be set here: use the command line or the environment", file.name, flag)
		}
	}
	return file.name, config, nil
}

// namesFile reports whether the values of a flag are files to read or write, or permit
// some.
func namesFile(flag string, values []string) bool {
	switch flag {
	case "allow-files", "db", "output":
		return true
	case "compare-with", "population":
		return slices.ContainsFunc(values, func(name string) bool { _, ok := report.BuiltIn[name]; return !ok })
	}
	return false
}

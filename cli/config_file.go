package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxConfigBytes is the maximum size of a config file.
const maxConfigBytes = 1 << 20

// parseConfig reads flags and their values from YAML. A value may be a list, or
// a mapping: set: {key_rotation.days: 45}. Values are taken as they are written:
// a date needs no quotes.
func parseConfig(data []byte) (map[string][]string, error) {
	var document, more yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil // empty
	} else if err != nil {
		return nil, err
	}
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one document: keep the first")
	}
	config := map[string][]string{}
	return config, eachPair(document.Content[0], "the file", func(flag string, value *yaml.Node) (err error) {
		config[flag], err = configValues(flag, value)
		return err
	})
}

// configValues are the values of one flag.
func configValues(flag string, value *yaml.Node) (values []string, err error) {
	if value.Kind != yaml.MappingNode {
		return scalars(flag, value)
	}
	err = eachPair(value, flag, func(key string, v *yaml.Node) error {
		parts, err := scalars(flag, v)
		values = append(values, key+"="+strings.Join(parts, ","))
		return err
	})
	return values, err
}

// eachPair calls do with the keys, each once, and the values of a mapping.
func eachPair(mapping *yaml.Node, name string, do func(key string, value *yaml.Node) error) error {
	if mapping.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: %s is not a mapping: write flag: value", mapping.Line, name)
	}
	seen := map[string]bool{}
	for i := 0; i < len(mapping.Content); i += 2 {
		key, err := scalar(name, mapping.Content[i])
		if err != nil {
			return err
		}
		if seen[key] {
			return fmt.Errorf("line %d: duplicate key %q: keep one", mapping.Content[i].Line, key)
		}
		seen[key] = true
		if err := do(key, mapping.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// scalars are a value or those of a list.
func scalars(name string, value *yaml.Node) (values []string, err error) {
	list := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		list = value.Content
	}
	for _, v := range list {
		text, err := scalar(name, v)
		if err != nil {
			return nil, err
		}
		values = append(values, text)
	}
	return values, nil
}

func scalar(name string, value *yaml.Node) (string, error) {
	if value.Kind != yaml.ScalarNode || value.Tag == "!!null" {
		return "", fmt.Errorf("line %d: the value of %s is empty or nested: write %s: value", value.Line, name, name)
	}
	return value.Value, nil
}

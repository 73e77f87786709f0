package cli

import "runtime/debug"

// release is set by the linker: -ldflags "-X iamcensus/cli.release=v1.2.3".
var release = "dev"

// version is the release and, for a build from a checkout, its commit.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				return release + " " + setting.Value[:min(12, len(setting.Value))]
			}
		}
	}
	return release
}

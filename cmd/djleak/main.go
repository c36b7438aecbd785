// Command djleak finds what makes a Django application hold memory, in files, in changes and on pull requests.
package main

import (
	"context"
	"os"
)

func main() {
	collectLazily(os.Getenv)
	os.Exit(run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

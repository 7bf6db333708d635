#!/bin/sh
# build-program.sh TARGET PACKAGE LDFLAGS: builds a program into the cache, in the current module.
# Whoever calls holds the cache's lock. A build that is killed leaves TARGET as it was.
set -eu
target=$1 package=$2 flags=$3
[ ! -x "$target" ] || exit 0
go build -trimpath -ldflags "$flags" -o "$target.new" "$package"
mv "$target.new" "$target"

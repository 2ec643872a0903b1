#!/bin/sh
# make.sh [FOLDER]   makes every fixture of manifest.json again, here or in FOLDER, with the releases of Erlang on this machine.
# The same bytes come out each time, except for encrypted debug info: delete those files first to have them made too.
set -eu
cd "$(dirname "$0")/.."
exec npx tsx test/otp/support/make-fixtures.ts "$@"

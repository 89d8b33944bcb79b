#!/bin/bash
# What src/test/vm/boot runs in its guest to have kernel.py measure there: docs/performance.md tells how.
exec python3 -B "$(dirname "$(realpath "$0")")/kernel.py"

#!/bin/sh
# An edition has the same bytes on a processor without fused instructions, and in a locale
# that writes a comma: $1 prints one.
set -eu
plain=$("$1" scored | cksum)
plainer=$(GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable "$1" scored | cksum)
french=$(LC_ALL=fr_FR.UTF-8 TZ=Pacific/Noumea "$1" scored | cksum)
if [ "$plain" != "$plainer" ] || [ "$plain" != "$french" ]; then
    echo "the bytes differ: $plain; without FMA $plainer; in French $french"
    exit 1
fi

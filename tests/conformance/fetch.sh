#!/bin/sh
# Brings veraPDF and what it needs with Maven, and prints its class path.
#   sh tests/conformance/fetch.sh DIR
# The versions and the SHA-256 of every file are those of verapdf.sha256, whose
# paths are Maven's own. Fetched once, kept in DIR. Exit status: 1 a file is not
# what it should be, 2 it cannot be had here; the reason goes to stderr.
set -eu
sums=$(cd "$(dirname "$0")" && pwd)/verapdf.sha256
mkdir -p "$1"
dir=$(cd "$1" && pwd)
jars=$(awk -v dir="$dir/" '{ print dir $2 }' "$sums")
classpath=$(echo "$jars" | paste -sd:)

whole() { (cd "$dir" && sha256sum --check --status "$sums" 2>/dev/null); }
java -version >/dev/null 2>&1 || { echo 'no Java (java)' >&2; exit 2; }
if whole; then echo "$classpath"; exit 0; fi
command -v mvn >/dev/null || { echo 'no Maven (mvn)' >&2; exit 2; }

# A project of nothing but these files: each with its exact version, and without
# what Maven would bring along.
awk 'BEGIN { print "<project><modelVersion>4.0.0</modelVersion>"
             print "<groupId>x</groupId><artifactId>x</artifactId><version>1</version>"
             print "<packaging>pom</packaging><dependencies>" }
     { n = split($2, part, "/"); group = part[1]
       for (i = 2; i <= n - 3; i++) group = group "." part[i]
       printf "<dependency><groupId>%s</groupId><artifactId>%s</artifactId>", group, part[n - 2]
       printf "<version>%s</version><exclusions><exclusion><groupId>*</groupId>", part[n - 1]
       print "<artifactId>*</artifactId></exclusion></exclusions></dependency>" }
     END { print "</dependencies></project>" }' "$sums" >"$dir/pom.xml"
fetch() {
    mvn -q -B -f "$dir/pom.xml" "-Dmaven.repo.local=$dir" \
        org.apache.maven.plugins:maven-dependency-plugin:2.8:resolve >"$dir/log" 2>&1
}
if ! fetch && ! { sleep 5; fetch; } && ! { sleep 20; fetch; }; then
    echo "Maven cannot fetch it: $(sed -n 's/^\[ERROR\] *//p' "$dir/log" | head -1)" >&2
    exit 2
fi
whole || {
    echo "veraPDF is not the one that was pinned (if a download was cut, remove $dir):" >&2
    (cd "$dir" && sha256sum --check --quiet "$sums") >&2 || exit 1
}
echo "$classpath"

#!/usr/bin/env bash
# tests/bench/report.sh OUTPUT_OF_RUN: writes RESULTS.md and results.svg beside this file.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
goals=$(grep '^GOAL' "$1")
{
  echo "# What was measured"
  echo
  echo "By \`tests/bench/run.sh\` on $(date -u +%Y-%m-%d), commit $(git -C "$here" rev-parse --short HEAD)."
  echo
  echo "| machine | |"
  echo "|---|---|"
  echo "| processor | $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(grep -owE 'avx512f|avx2' /proc/cpuinfo | sort -u | paste -sd' '), shared with other machines |"
  echo "| memory | $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' /proc/meminfo) |"
  echo "| system | $(. /etc/os-release && echo "$PRETTY_NAME"), $(uname -r), $(g++ --version | head -1) |"
  echo
  echo "Limits are measured in the same run. Load generator, server and PostgreSQL share the cores."
  echo
  echo "| work | measured | goal | met |"
  echo "|---|---|---|---|"
  awk -F'\t' '{print "| " $2 " | " $3 " | " $4 " | " $5 " |"}' <<<"$goals"
  if [ -f "$here/notes.md" ]; then
    echo
    cat "$here/notes.md"
  fi
  echo
  echo "![How far each goal is](results.svg)"
  echo
  echo '```'
  sed -n '/^# requests/,$p' "$1" | grep -v '^GOAL'
  echo '```'
} >"$here/RESULTS.md"

# One bar a goal: how many times better than it must be, on a logarithmic scale.
awk -F'\t' '
  { split($3, v, " "); split($4, g, " "); name[NR] = $2; met[NR] = $5
    times[NR] = g[1] == "<=" ? g[2] / v[1] : v[1] / g[2] }
  END {
    row = 26; left = 430; unit = 180; height = NR * row + 60
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"860\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n", height
    printf "<rect width=\"860\" height=\"%d\" fill=\"#fff\"/>\n", height
    for (i = 1; i <= NR; ++i) {
      y = i * row; x = log(times[i]) / log(10) * unit
      x = x > 190 ? 190 : x < -60 ? -60 : x
      printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222\">%s</text>\n", left - 70, y + 16, name[i]
      printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>\n", x < 0 ? left + x : left, y + 4, (x < 0 ? -x : x) + 1, met[i] == "yes" ? "#2a7f62" : "#b3452c"
      printf "<text x=\"%.1f\" y=\"%d\" fill=\"#222\">%.2f</text>\n", left + (x > 0 ? x : 0) + 8, y + 16, times[i]
    }
    printf "<line x1=\"%d\" y1=\"16\" x2=\"%d\" y2=\"%d\" stroke=\"#222\"/>\n", left, left, NR * row + 30
    printf "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#222\">goal = 1, right of it is better (logarithmic)</text>\n</svg>\n", left, NR * row + 48
  }' <<<"$goals" | sed 's/&/\&amp;/g' >"$here/results.svg"

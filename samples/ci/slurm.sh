#!/bin/sh
# One volume per group, as a Slurm job array and a job that joins its parts.
#   RECTO=recto REPORT=report.yaml OUT=volumes SHARDS=8 sh slurm.sh
# The folders must be where every node sees them. Waits for the end; exit status
# 0 when all volumes are there.
set -eu
: "${RECTO:=recto}" "${REPORT:=report.yaml}" "${OUT:=volumes}" "${SHARDS:=8}"
export RECTO REPORT OUT SHARDS
mkdir -p "$OUT.parts"

# A part that may go well another time (status 4) goes back into the queue, once.
array=$(sbatch --parsable --job-name=volumes --array="1-$SHARDS" --requeue \
    --output="$OUT.parts/%a.log" <<'JOB'
#!/bin/sh
status=0
"$RECTO" volumes "$REPORT" --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" \
    -j "${SLURM_CPUS_PER_TASK:-1}" -o "$OUT.parts/$SLURM_ARRAY_TASK_ID" || status=$?
if [ $status = 4 ] && [ "${SLURM_RESTART_COUNT:-0}" = 0 ]; then
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit $status
JOB
)
# Joins whatever has become of the parts: what is missing makes it fail.
sbatch --wait --job-name=join --dependency="afterany:$array" \
    --output="$OUT.parts/join.log" <<'JOB'
#!/bin/sh
"$RECTO" merge $(seq -f "$OUT.parts/%g" "$SHARDS") -o "$OUT" --junit "$OUT.xml"
JOB

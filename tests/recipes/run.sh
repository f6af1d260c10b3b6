#!/bin/sh
# The recipes of samples/ci, each with its engine: every volume must be, byte for
# byte, that of one run. Arguments: the program, the build folder.
# What cannot be run here is skipped, with the reason; under CI=true that fails.
set -u
recto=$1 build=$2
case $recto in /*) ;; *) recto=$PWD/$recto ;; esac
tests=$(cd "$(dirname "$0")" && pwd)
ci=$(cd "$tests/../../samples/ci" && pwd)
tmp=$(mktemp -d)
passed=0; failed=0; skipped=0
ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED: $1"; sed 's/^/    /' "$tmp/said" | tail -20; }
skip() {
    skipped=$((skipped + 1)); echo "SKIP: $1"
    [ "${CI:-}" = true ] && failed=$((failed + 1))
    return 0
}
end() {
    for p in $daemons; do kill "$p" 2>/dev/null; done
    rm -rf "$tmp"
}
daemons=
trap end EXIT

RECTO=$recto REPORT=$PWD/samples/ways-of-working-2013/report.yaml SHARDS=4
export RECTO REPORT SHARDS
cd "$tmp" || exit 1
"$recto" volumes "$REPORT" -o one >said 2>&1 || { no 'one run of all volumes'; exit 1; }

same() { # same NAME: the volumes of NAME are those of one run, the rest is there
    for f in one/*.pdf; do
        cmp "$f" "$1/${f#one/}" >>said 2>&1 || { no "$1: ${f#one/} is another"; return; }
    done
    [ "$(ls "$1" | grep -c '\.pdf$')" = "$(ls one | grep -c '\.pdf$')" ] \
        && [ -s "$1/manifest.json" ] && [ -s "$1.xml" ] && ok || no "$1: files"
}

# -- GNU parallel, make -------------------------------------------------------------
if command -v parallel >/dev/null; then
    OUT=by-parallel sh "$ci/parallel.sh" >said 2>&1 && same by-parallel || no parallel.sh
    # a failing part fails the whole
    REPORT=$tmp/none.yaml OUT=none sh "$ci/parallel.sh" >said 2>&1 && no 'parallel.sh: all well' || ok
else
    skip 'no GNU parallel'
fi
make -f "$ci/shards.mk" -j2 OUT=by-make >said 2>&1 && same by-make || no shards.mk
make -f "$ci/shards.mk" -j2 OUT=none REPORT="$tmp/none.yaml" >said 2>&1 && no 'shards.mk: all well' || ok

# -- Slurm: its daemons on this machine, without authentication ------------------------
slurm() {
    host=$(hostname -s 2>/dev/null || hostname)
    port=$((20000 + $$ % 20000))
    mkdir -p state spool
    cat >slurm.conf <<CONF
ClusterName=recto
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1
StateSaveLocation=$tmp/state
SlurmdSpoolDir=$tmp/spool
SlurmctldPidFile=$tmp/slurmctld.pid
SlurmdPidFile=$tmp/slurmd.pid
SlurmctldLogFile=$tmp/slurmctld.log
SlurmdLogFile=$tmp/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP
CONF
    export SLURM_CONF=$tmp/slurm.conf
    slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 & daemons="$daemons $!"
    slurmd -D -f "$SLURM_CONF" >/dev/null 2>&1 & daemons="$daemons $!"
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ "$(sinfo -h -o %T 2>/dev/null)" = idle ] && return 0
        sleep 1
    done
    cat slurmctld.log slurmd.log >said 2>/dev/null
    return 1
}
if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null; then
    skip 'no Slurm (slurmctld, slurmd, slurm-client)'
elif [ "$(id -u)" != 0 ]; then
    skip "Slurm's daemons need root"
elif slurm; then
    OUT=$tmp/by-slurm sh "$ci/slurm.sh" >said 2>&1 && same by-slurm \
        || { cat by-slurm.parts/*.log slurmctld.log slurmd.log >>said; no slurm.sh; }
    REPORT=$tmp/none.yaml OUT=$tmp/none sh "$ci/slurm.sh" >said 2>&1 && no 'slurm.sh: all well' || ok
else
    no 'Slurm does not start'
fi

# -- the others: their published schemas --------------------------------------------------
schemas=$build/schemas
case $schemas in /*) ;; *) schemas=$tests/../../$schemas ;; esac
if python3 -m pip download -q --no-deps --require-hashes -r "$tests/schemas.txt" \
    -d "$schemas" >said 2>&1; then
    python3 "$tests/schemas.py" "$schemas" "$ci" >said 2>&1 && ok || no 'schemas'
else
    skip "the schemas cannot be fetched: $(tail -1 said)"
fi

echo "recipes: $passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]

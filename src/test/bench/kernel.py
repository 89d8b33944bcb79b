"""Makes, reads and takes down a target on a real kernel, four ways: the bare system calls, nvmetsh,
nvmetcli and bash. Runs as root in a guest that has nothing else in nvmet, and writes /out/table.md.

In the environment: NVMETSH_HOME, NVMETCLI (an unpacked package), JDKS (NAME=JAVA_HOME ...),
SUBSYSTEMS (1000).
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time

import tree

NVMET = pathlib.Path("/sys/kernel/config/nvmet")
OUT = pathlib.Path("/out")
SUBSYSTEMS = int(os.environ.get("SUBSYSTEMS", "1000"))
DRIVE = "/dev/nvme0n1"
NQNS = [tree.NQN.format(number) for number in range(SUBSYSTEMS)]
PORT = {"addr_trtype": "tcp", "addr_adrfam": "ipv4", "addr_traddr": "127.0.0.1", "addr_trsvcid": "4420"}

# The system calls that such a target cannot be made without, and no other.
BARE = f"""
import os, sys
def write(path, value):
    file = os.open(path, os.O_WRONLY)
    os.write(file, value.encode())
    os.close(file)
os.chdir({str(NVMET)!r})
os.mkdir("ports/1")
for name, value in {PORT!r}.items():
    write("ports/1/" + name, value)
for number in range({SUBSYSTEMS}):
    nqn = {tree.NQN!r}.format(number)
    subsystem = "subsystems/" + nqn
    os.mkdir(subsystem)
    write(subsystem + "/attr_allow_any_host", "1")
    os.mkdir(subsystem + "/namespaces/1")
    write(subsystem + "/namespaces/1/device_path", {DRIVE!r})
    write(subsystem + "/namespaces/1/enable", "1")
    os.symlink({str(NVMET)!r} + "/" + subsystem, "ports/1/subsystems/" + nqn)
"""

# Every directory listed, every attribute read.
READ = f"""
import os
for folder, _, files in os.walk({str(NVMET)!r}):
    for name in files:
        try:
            open(os.path.join(folder, name)).read()
        except OSError:
            pass
"""


def bash():
    """The same as somebody writes it who has nothing else."""
    lines = ["set -e", f"cd {NVMET}", "mkdir ports/1"]
    lines += [f"echo {value} > ports/1/{name}" for name, value in PORT.items()]
    for nqn in NQNS:
        lines += [
            f"mkdir subsystems/{nqn}",
            f"echo 1 > subsystems/{nqn}/attr_allow_any_host",
            f"mkdir subsystems/{nqn}/namespaces/1",
            f"echo {DRIVE} > subsystems/{nqn}/namespaces/1/device_path",
            f"echo 1 > subsystems/{nqn}/namespaces/1/enable",
            f"ln -s {NVMET}/subsystems/{nqn} ports/1/subsystems/{nqn}",
        ]
    return "\n".join(lines) + "\n"


def script(nqns):
    port = " ".join(f"{name}={value}" for name, value in PORT.items())
    lines = [f"create /ports/1 {port}"]
    for nqn in nqns:
        lines += [
            f"create /subsystems/{nqn} attr_allow_any_host=1",
            f"create /subsystems/{nqn}/namespaces/1 device_path={DRIVE} enable=1 --force",
            f"link /subsystems/{nqn} /ports/1 --yes",
        ]
    return "\n".join(lines) + "\n"


def clear():
    """Takes everything down by the bare calls."""
    for link in NVMET.glob("ports/*/subsystems/*"):
        link.unlink()
    for namespace in NVMET.glob("subsystems/*/namespaces/*"):
        namespace.rmdir()
    for each in [*NVMET.glob("subsystems/*"), *NVMET.glob("ports/*")]:
        each.rmdir()


def measure(what, who, command, env=None):
    """Runs a command to its end, and says how long it took."""
    before = os.times()
    start = time.perf_counter()
    with open(OUT / "said", "w") as said:
        status = subprocess.run(
            command, env=os.environ | (env or {}), stdin=subprocess.DEVNULL, stdout=said, stderr=said
        ).returncode
    wall = time.perf_counter() - start
    after = os.times()
    if status:
        sys.exit(f"{what}, {who}: status {status}\n" + (OUT / "said").read_text()[-2000:])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    made = sum(1 for _ in NVMET.glob("ports/*/subsystems/*"))
    print(f"{what}\t{who}\t{wall:.2f}\t{cpu:.2f}\t{made} linked", flush=True)
    return wall, cpu


def main():
    subprocess.run(["modprobe", "-a", "nvmet", "nvmet_tcp"], check=True)
    package = pathlib.Path(os.environ["NVMETCLI"])
    nvmetcli = ["/usr/bin/python3", "-B", package / "usr/bin/nvmetcli"]
    theirs = {"PYTHONPATH": str(package / "usr/lib/python3/dist-packages")}
    program = os.environ["NVMETSH_HOME"] + "/bin/nvmetsh"
    jdks = dict(each.split("=", 1) for each in os.environ["JDKS"].split())
    work = pathlib.Path("/run/bench")
    work.mkdir()
    (work / "all.nvmetsh").write_text(script(NQNS))
    (work / "none.nvmetsh").write_text("pwd\n")
    (work / "all.bash").write_text(bash())
    rows = []

    def run(what, who, command, env=None, base=None):
        wall, cpu = measure(what, who, command, env)
        beyond = "" if base is None else f"{wall - base:.2f}"
        rows.append((what, who, f"{wall:.2f}", f"{cpu:.2f}", beyond))
        return wall

    def ours(jdk, *words):
        return [program, "--yes=vm", *words], {"JAVA_HOME": jdks[jdk]}

    run("make", "bare calls", ["/usr/bin/python3", "-I", "-S", "-c", BARE])
    run("read", "bare calls", ["/usr/bin/python3", "-I", "-S", "-c", READ])
    run("list all", "nvmetcli `ls /`", [*nvmetcli, "ls", "/"], theirs)
    run("save", "nvmetcli", [*nvmetcli, "save", work / "theirs.json"], theirs)
    for jdk in jdks:
        who = f"nvmetsh, JDK {jdk}"
        starts = [measure("start", who, *ours(jdk, "-f", work / "none.nvmetsh")) for _ in range(3)]
        base = statistics.median(wall for wall, _ in starts)
        rows.append(("start", who, f"{base:.2f}", f"{statistics.median(cpu for _, cpu in starts):.2f}", ""))
        run("list all", who + " `tree /`", *ours(jdk, "tree", "/"), base=base)
        run("save", who, *ours(jdk, "save", "--force", work / "ours.json"), base=base)
        clear()
        run("make", who + " replay", *ours(jdk, "-f", work / "all.nvmetsh"), base=base)
        run("take down", who + " `clear`", *ours(jdk, "clear"), base=base)
        run("make", who + " `load`", *ours(jdk, "load", "--force", work / "ours.json"), base=base)
    run("take down", "nvmetcli `clear`", [*nvmetcli, "clear"], theirs)
    run("make", "nvmetcli `restore`", [*nvmetcli, "restore", work / "theirs.json"], theirs)
    clear()
    run("make", "bash", ["/bin/bash", work / "all.bash"])
    lines = ["| what | who | wall s | CPU s | wall s beyond the start |", "|---|---|--:|--:|--:|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    (OUT / "table.md").write_text("\n".join(lines) + "\n")


main()

"""A target's tree in plain files: what nvmet of Linux 6.1 shows, at any size."""

import pathlib

NQN = "nqn.2024-01.io.example:d{}"

SUBSYSTEM = {
    "attr_allow_any_host": "1",
    "attr_cntlid_max": "65519",
    "attr_cntlid_min": "1",
    "attr_model": "Linux",
    "attr_pi_enable": "0",
    "attr_qid_max": "128",
    "attr_version": "1.3",
}
NAMESPACE = {
    "ana_grpid": "1",
    "buffered_io": "0",
    "device_nguid": "00000000-0000-0000-0000-000000000000",
    "device_path": "/dev/nvme0n1",
    "enable": "1",
}
PORT = {
    "addr_adrfam": "ipv4",
    "addr_traddr": "10.9.1.1",
    "addr_treq": "not specified",
    "addr_trsvcid": "4420",
    "addr_trtype": "tcp",
    "addr_tsas": "none",
    "param_inline_data_size": "16384",
    "param_pi_enable": "0",
}


def build(root, subsystems):
    """Makes a target of so many subsystems, each with a namespace and linked to the one port."""
    root = pathlib.Path(root)
    port = root / "ports" / "1"
    for folder in ("subsystems", "referrals", "ana_groups/1"):
        (port / folder).mkdir(parents=True)
    _write(port, PORT)
    _write(port / "ana_groups" / "1", {"ana_state": "optimized"})
    (root / "hosts").mkdir()
    (root / "subsystems").mkdir()
    for number in range(subsystems):
        subsystem = root / "subsystems" / NQN.format(number)
        (subsystem / "allowed_hosts").mkdir(parents=True)
        _write(subsystem, SUBSYSTEM | {"attr_serial": f"{number:016x}"})
        namespace = subsystem / "namespaces" / "1"
        namespace.mkdir(parents=True)
        _write(namespace, NAMESPACE | {"device_uuid": f"00000000-0000-4000-8000-{number:012x}"})
        (port / "subsystems" / subsystem.name).symlink_to(subsystem)


def script(subsystems):
    """The lines of nvmetsh that make such a target, and how many changes they are."""
    lines = [
        "modules load nvmet_tcp",
        "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
    ]
    for number in range(subsystems):
        path = "/subsystems/" + NQN.format(number)
        lines += [
            f"create {path} attr_allow_any_host=1",
            f"create {path}/namespaces/1 device_path=/dev/nvme0n1 enable=1 --force",
            f"link {path} /ports/1 --yes",
        ]
    return "\n".join(lines) + "\n", len(lines)


def _write(folder, attributes):
    for name, value in attributes.items():
        (folder / name).write_text(value + "\n")

modprobe nvme num_p2p_queues=1
modprobe nvmet
modprobe nvmet‑rdma
mkdir /sys/kernel/config/nvmet/subsystems/testsubsystem
echo 1 > /sys/kernel/config/nvmet/subsystems/testsubsystem/attr_allow_any_host
mkdir /sys/kernel/config/nvmet/subsystems/testsubsystem/namespaces/1
echo –n /dev/nvme0n1 > /sys/kernel/config/nvmet/subsystems/testsubsystem/namespaces/1/device_path
echo “0000:85:00.0” > /sys/kernel/config/nvmet/subsystems/testsubsystem/namespaces/1/pci_device_path
echo 1 > /sys/kernel/config/nvmet/subsystems/testsubsystem/namespaces/1/enable
mkdir /sys/kernel/config/nvmet/ports/1
echo 4420 > /sys/kernel/config/nvmet/ports/1/addr_trsvcid
echo > /sys/kernel/config/nvmet/ports/1/addr_traddr
echo “rdma” > /sys/kernel/config/nvmet/ports/1/addr_trtype
echo “ipv4” > /sys/kernel/config/nvmet/ports/1/addr_adrfam
ln –s /sys/kernel/config/nvmet/subsystems/testsubsystem/ /sys/kernel/config/nvmet/ports/1/subsystems/testsubsystem

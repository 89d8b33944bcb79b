package io.nvmetsh.device;

/**
 * The machine that a simulated kernel runs on unless another one is named, as a dump. It is here
 * and not in a file of its own because looking for a file among the classes takes longer than
 * reading it, at every start.
 */
final class DefaultMachine {

  static final String TEXT =
      """
      nvmetsh machine 1
      # stor1: the machine a simulated kernel runs on unless another one is named. A server of two sockets
      # with four NVMe drives, a ConnectX-5 of two ports and a ConnectX-4, MLNX_OFED 4.1 installed.
      # drives    nvme0, nvme1  free, on the socket of the ConnectX-5
      #           nvme2         a physical volume of vg0, whose logical volume lun0 is dm-0
      #           nvme3         two partitions, the first mounted at /srv/cache
      # others    sda boots; sdb and sdc make up md0; loop0 is a file
      # RDMA      mlx5_0 10.9.1.1, mlx5_1 10.9.2.1 (ConnectX-5); mlx5_2 10.9.3.1 (ConnectX-4)
      # Ethernet  eno1 192.0.2.10, for the administrator

      /dev
        dm-0 : block
        loop0 : block
        md0 : block
        nvme0 : char
        nvme0n1 : block
        nvme1 : char
        nvme1n1 : block
        nvme2 : char
        nvme2n1 : block
        nvme3 : char
        nvme3n1 : block
        nvme3n1p1 : block
        nvme3n1p2 : block
        sda : block
        sda1 : block
        sda2 : block
        sda3 : block
        sdb : block
        sdc : block

      /dev/disk/by-id
        ata-INTEL_SSDSC2KB480G8_PHYS814500AB480BGN -> /dev/sda
        ata-INTEL_SSDSC2KB480G8_PHYS814500AB480BGN-part1 -> /dev/sda1
        ata-INTEL_SSDSC2KB480G8_PHYS814500AB480BGN-part2 -> /dev/sda2
        ata-INTEL_SSDSC2KB480G8_PHYS814500AB480BGN-part3 -> /dev/sda3
        ata-INTEL_SSDSC2KB960G8_PHYS814500CD960CGN -> /dev/sdb
        ata-INTEL_SSDSC2KB960G8_PHYS814500CE960CGN -> /dev/sdc
        dm-name-vg0-lun0 -> /dev/dm-0
        md-name-stor1:0 -> /dev/md0
        md-uuid-5a0f3c1e:88b2d4a6:1f7e90c3:d2b46a58 -> /dev/md0
        nvme-INTEL_SSDPE2KX020T8_PHLJ912300K42P0BGN -> /dev/nvme2n1
        nvme-INTEL_SSDPEDMD800G4_CVFT5123004G800CGN -> /dev/nvme3n1
        nvme-INTEL_SSDPEDMD800G4_CVFT5123004G800CGN-part1 -> /dev/nvme3n1p1
        nvme-INTEL_SSDPEDMD800G4_CVFT5123004G800CGN-part2 -> /dev/nvme3n1p2
        nvme-SAMSUNG_MZQLB1T9HAJR-00007_S439NA0M200417 -> /dev/nvme0n1
        nvme-SAMSUNG_MZQLB1T9HAJR-00007_S439NA0M200482 -> /dev/nvme1n1
        nvme-eui.344339304d2004170025384100000001 -> /dev/nvme0n1
        nvme-eui.344339304d2004820025384100000001 -> /dev/nvme1n1
        nvme-eui.01000000010000005cd2e4a21b4c4f51 -> /dev/nvme2n1
        nvme-eui.01000000010000005cd2e4c8a2704f51 -> /dev/nvme3n1

      /dev/mapper
        vg0-lun0 -> /dev/dm-0

      /dev/vg0
        lun0 -> /dev/dm-0

      # 64 GiB of memory, of which the kernel has the lower 58: 0xf00000000 is free for staging buffers.
      # nvmet_rdma is not loaded yet.
      /proc
        cmdline = mem=59392M memmap=59392M iommu=pt
        iomem = 00001000-0009bfff : System RAM
              | 00100000-6f2bcfff : System RAM
              | 100000000-e7fffffff : System RAM
        modules = configfs 40960 3 nvmet,rdma_cm, Live 0x0
                | ib_cm 49152 1 rdma_cm, Live 0x0
                | ib_core 245760 5 rdma_cm,iw_cm,ib_cm,ib_uverbs,mlx5_ib, Live 0x0
                | ib_uverbs 94208 1 mlx5_ib, Live 0x0
                | iw_cm 45056 1 rdma_cm, Live 0x0
                | mlx5_core 602112 1 mlx5_ib, Live 0x0
                | mlx5_ib 278528 0 - Live 0x0
                | mlx_compat 16384 10 nvmet,nvme,nvme_core,rdma_cm,iw_cm,ib_cm,ib_uverbs,ib_core,mlx5_ib,mlx5_core, Live 0x0
                | nvme 53248 2 - Live 0x0
                | nvme_core 69632 4 nvme, Live 0x0
                | nvmet 61440 0 - Live 0x0
                | rdma_cm 61440 0 - Live 0x0
        swaps = /dev/sda3 partition

      /proc/1
        mountinfo = 0 0 8:2 / / rw - ext4 /dev/sda2 rw
                  | 0 0 8:1 / /boot/efi rw - vfat /dev/sda1 rw
                  | 0 0 259:4 / /srv/cache rw - xfs /dev/nvme3n1p1 rw

      /proc/net
        fib_trie = |-- 10.9.1.1
                 | /32 host LOCAL
                 | |-- 10.9.2.1
                 | /32 host LOCAL
                 | |-- 10.9.3.1
                 | /32 host LOCAL
                 | |-- 127.0.0.1
                 | /32 host LOCAL
                 | |-- 192.0.2.10
                 | /32 host LOCAL
        if_inet6 = 00000000000000000000000000000001 01 80 10 80 lo
                 | fd000010000900010000000000000001 03 40 00 80 enp130s0f0
                 | fe800000000000000e42a1fffe101a40 03 40 20 80 enp130s0f0
                 | fe800000000000000e42a1fffe101a41 04 40 20 80 enp130s0f1
                 | fe80000000000000ec0d9afffe2b7710 05 40 20 80 enp3s0
                 | fe80000000000000ae1f6bfffe04c2d8 02 40 20 80 eno1
        route = enp130s0f0 0001090A 00000000 0001 0 0 0 00FFFFFF
              | enp130s0f1 0002090A 00000000 0001 0 0 0 00FFFFFF
              | enp3s0 0003090A 00000000 0001 0 0 0 00FFFFFF
              | eno1 000200C0 00000000 0001 0 0 0 00FFFFFF

      # With the version of mlx5_core below, what tells this dialect from others.
      /proc/sys/kernel
        hostname = stor1
        osrelease = 4.11.12

      /sys/bus/pci/devices
        0000:00:01.0 -> /sys/devices/pci0000:00/0000:00:01.0
        0000:00:02.0 -> /sys/devices/pci0000:00/0000:00:02.0
        0000:00:03.0 -> /sys/devices/pci0000:00/0000:00:03.0
        0000:03:00.0 -> /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0
        0000:05:00.0 -> /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0
        0000:06:00.0 -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0
        0000:80:02.0 -> /sys/devices/pci0000:80/0000:80:02.0
        0000:80:03.0 -> /sys/devices/pci0000:80/0000:80:03.0
        0000:80:03.1 -> /sys/devices/pci0000:80/0000:80:03.1
        0000:82:00.0 -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0
        0000:82:00.1 -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1
        0000:85:00.0 -> /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0
        0000:86:00.0 -> /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0

      /sys/class/block
        dm-0 -> /sys/devices/virtual/block/dm-0
        loop0 -> /sys/devices/virtual/block/loop0
        md0 -> /sys/devices/virtual/block/md0
        nvme0n1 -> /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0/nvme/nvme0/nvme0n1
        nvme1n1 -> /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0/nvme/nvme1/nvme1n1
        nvme2n1 -> /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2/nvme2n1
        nvme3n1 -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1
        nvme3n1p1 -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1/nvme3n1p1
        nvme3n1p2 -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1/nvme3n1p2
        sda -> /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda
        sda1 -> /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1
        sda2 -> /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda2
        sda3 -> /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda3
        sdb -> /sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sdb
        sdc -> /sys/devices/pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/block/sdc

      /sys/class/infiniband
        mlx5_0 -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0/infiniband/mlx5_0
        mlx5_1 -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1/infiniband/mlx5_1
        mlx5_2 -> /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0/infiniband/mlx5_2

      /sys/class/net
        eno1 -> /sys/devices/pci0000:00/0000:00:1c.0/0000:01:00.0/net/eno1
        enp3s0 -> /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0/net/enp3s0
        enp130s0f0 -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0/net/enp130s0f0
        enp130s0f1 -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1/net/enp130s0f1
        lo -> /sys/devices/virtual/net/lo

      /sys/class/nvme
        nvme0 -> /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0/nvme/nvme0
        nvme1 -> /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0/nvme/nvme1
        nvme2 -> /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2
        nvme3 -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3

      /sys/dev/block
        8:1 -> /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1
        8:2 -> /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda2
        259:4 -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1/nvme3n1p1

      /sys/devices/pci0000:00/0000:00:01.0
        config = 40: 0000600d
               | 100: 1101000b
               | 110: 1481000d
               | 114: 0000001f

      /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0
        class = 0x020000
        config = 40: c0030001
               | 100: 15010001
               | 150: 1801000e
               | 180: 1c010010
               | 1c0: 00010019
        device = 0x1013
        driver -> /sys/bus/pci/drivers/mlx5_core
        numa_node = 0
        vendor = 0x15b3

      /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0/infiniband/mlx5_2
        board_id = MT_2150110033
        device -> /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0
        fw_ver = 12.28.2006
        hca_type = MT4115

      /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0/infiniband/mlx5_2/ports/1
        link_layer = Ethernet
        rate = 100 Gb/sec (4X EDR)
        state = 4: ACTIVE

      /sys/devices/pci0000:00/0000:00:01.0/0000:03:00.0/net/enp3s0
        operstate = up

      /sys/devices/pci0000:00/0000:00:1c.0/0000:01:00.0/net/eno1
        operstate = up

      /sys/devices/pci0000:00/0000:00:02.0
        config = 40: 0000600d
               | 100: 1101000b
               | 110: 1481000d
               | 114: 0000001f

      /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0
        class = 0x010802
        config = 40: 00035001
               | 100: 15020001
               | 150: 18010002
               | 180: 19010004
               | 190: 2a010003
               | 2a0: 0001000b
        device = 0x0a54
        driver -> /sys/bus/pci/drivers/nvme
        numa_node = 0
        vendor = 0x8086

      /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2
        device -> /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0
        firmware_rev = VDV10131
        model = INTEL SSDPE2KX020T8
        num_p2p_queues = num_p2p_queues: 1
        serial = PHLJ912300K42P0BGN
        state = live
        transport = pcie

      /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2/nvme2n1
        device -> /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2
        nsid = 1
        ro = 0
        size = 3907029168

      /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2/nvme2n1/holders
        dm-0 -> /sys/devices/virtual/block/dm-0

      /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2/nvme2n1/queue
        logical_block_size = 512

      /sys/devices/pci0000:00/0000:00:03.0
        config = 40: 0000600d
               | 100: 1101000b
               | 110: 1481000d
               | 114: 0000001f

      /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0
        class = 0x010802
        config = 40: 00035001
               | 100: 15020001
               | 150: 18010002
               | 180: 19010004
               | 190: 2a010003
               | 2a0: 0001000b
        device = 0x0953
        driver -> /sys/bus/pci/drivers/nvme
        numa_node = 0
        vendor = 0x8086

      /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3
        device -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0
        firmware_rev = 8DV10171
        model = INTEL SSDPEDMD800G4
        num_p2p_queues = num_p2p_queues: 1
        serial = CVFT5123004G800CGN
        state = live
        transport = pcie

      /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1
        device -> /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3
        nsid = 1
        ro = 0
        size = 1562824368

      /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1/nvme3n1p1
        partition = 1
        ro = 0
        size = 781410304

      /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1/nvme3n1p2
        partition = 2
        ro = 0
        size = 781412015

      /sys/devices/pci0000:00/0000:00:03.0/0000:06:00.0/nvme/nvme3/nvme3n1/queue
        logical_block_size = 512

      /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda
        ro = 0
        size = 937703088

      /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/queue
        logical_block_size = 512

      /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1
        partition = 1
        ro = 0
        size = 1048576

      /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda2
        partition = 2
        ro = 0
        size = 920000000

      /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda3
        partition = 3
        ro = 0
        size = 16650240

      /sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sdb
        ro = 0
        size = 1875385008

      /sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sdb/holders
        md0 -> /sys/devices/virtual/block/md0

      /sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sdb/queue
        logical_block_size = 512

      /sys/devices/pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/block/sdc
        ro = 0
        size = 1875385008

      /sys/devices/pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/block/sdc/holders
        md0 -> /sys/devices/virtual/block/md0

      /sys/devices/pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/block/sdc/queue
        logical_block_size = 512

      /sys/devices/pci0000:80/0000:80:02.0
        config = 40: 0000600d
               | 100: 1101000b
               | 110: 1481000d
               | 114: 0000001f

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0
        class = 0x020000
        config = 40: c0030001
               | 100: 15010001
               | 150: 1801000e
               | 180: 1c010010
               | 1c0: 23010019
               | 230: 0001000d
               | 234: 00000000
        device = 0x1017
        driver -> /sys/bus/pci/drivers/mlx5_core
        numa_node = 1
        vendor = 0x15b3

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0/infiniband/mlx5_0
        board_id = MT_0000000012
        device -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0
        fw_ver = 16.35.2000
        hca_type = MT4119

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0/infiniband/mlx5_0/ports/1
        link_layer = Ethernet
        rate = 100 Gb/sec (4X EDR)
        state = 4: ACTIVE

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.0/net/enp130s0f0
        operstate = up

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1
        class = 0x020000
        config = 40: c0030001
               | 100: 15010001
               | 150: 1801000e
               | 180: 1c010010
               | 1c0: 23010019
               | 230: 0001000d
               | 234: 00000000
        device = 0x1017
        driver -> /sys/bus/pci/drivers/mlx5_core
        numa_node = 1
        vendor = 0x15b3

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1/infiniband/mlx5_1
        board_id = MT_0000000012
        device -> /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1
        fw_ver = 16.35.2000
        hca_type = MT4119

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1/infiniband/mlx5_1/ports/1
        link_layer = Ethernet
        rate = 100 Gb/sec (4X EDR)
        state = 4: ACTIVE

      /sys/devices/pci0000:80/0000:80:02.0/0000:82:00.1/net/enp130s0f1
        operstate = up

      /sys/devices/pci0000:80/0000:80:03.0
        config = 40: 0000600d
               | 100: 1101000b
               | 110: 1481000d
               | 114: 0000001f

      /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0
        class = 0x010802
        config = 40: 00035001
               | 100: 14820001
               | 148: 15810003
               | 158: 16810004
               | 168: 00010019
        device = 0xa808
        driver -> /sys/bus/pci/drivers/nvme
        numa_node = 1
        vendor = 0x144d

      /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0/nvme/nvme0
        device -> /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0
        firmware_rev = EDA5202Q
        model = SAMSUNG MZQLB1T9HAJR-00007
        num_p2p_queues = num_p2p_queues: 1
        serial = S439NA0M200417
        state = live
        transport = pcie

      /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0/nvme/nvme0/nvme0n1
        device -> /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0/nvme/nvme0
        nsid = 1
        ro = 0
        size = 3750748848

      /sys/devices/pci0000:80/0000:80:03.0/0000:85:00.0/nvme/nvme0/nvme0n1/queue
        logical_block_size = 512

      /sys/devices/pci0000:80/0000:80:03.1
        config = 40: 0000600d
               | 100: 1101000b
               | 110: 1481000d
               | 114: 0000001f

      /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0
        class = 0x010802
        config = 40: 00035001
               | 100: 14820001
               | 148: 15810003
               | 158: 16810004
               | 168: 00010019
        device = 0xa808
        driver -> /sys/bus/pci/drivers/nvme
        numa_node = 1
        vendor = 0x144d

      /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0/nvme/nvme1
        device -> /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0
        firmware_rev = EDA5202Q
        model = SAMSUNG MZQLB1T9HAJR-00007
        num_p2p_queues = num_p2p_queues: 1
        serial = S439NA0M200482
        state = live
        transport = pcie

      /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0/nvme/nvme1/nvme1n1
        device -> /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0/nvme/nvme1
        nsid = 1
        ro = 0
        size = 3750748848

      /sys/devices/pci0000:80/0000:80:03.1/0000:86:00.0/nvme/nvme1/nvme1n1/queue
        logical_block_size = 512

      /sys/devices/virtual/block/dm-0
        ro = 0
        size = 1048576000

      /sys/devices/virtual/block/dm-0/dm
        name = vg0-lun0
        uuid = LVM-q3dW0rT8hJ5mXbZyK1vNcL7sPfG2eUaRq9TnV4wYx6BdHgM8jCkE0iOzA5lSuF3p

      /sys/devices/virtual/block/dm-0/queue
        logical_block_size = 512

      /sys/devices/virtual/block/dm-0/slaves
        nvme2n1 -> /sys/devices/pci0000:00/0000:00:02.0/0000:05:00.0/nvme/nvme2/nvme2n1

      /sys/devices/virtual/block/loop0
        ro = 0
        size = 20971520

      /sys/devices/virtual/block/loop0/loop
        backing_file = /var/lib/nvmet/disk0.img

      /sys/devices/virtual/block/loop0/queue
        logical_block_size = 512

      /sys/devices/virtual/block/md0
        ro = 0
        size = 1875252928

      /sys/devices/virtual/block/md0/queue
        logical_block_size = 512

      /sys/devices/virtual/block/md0/slaves
        sdb -> /sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/sdb
        sdc -> /sys/devices/pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0/block/sdc

      /sys/devices/virtual/net/lo
        operstate = unknown

      # What the firmware calls memory: 64 GiB, less what it keeps, with a gap for devices below 4 GiB.
      /sys/firmware/memmap/0
        end = 0x9bfff
        start = 0x1000
        type = System RAM

      /sys/firmware/memmap/1
        end = 0x6f2bcfff
        start = 0x100000
        type = System RAM

      /sys/firmware/memmap/2
        end = 0x107fffffff
        start = 0x100000000
        type = System RAM

      /sys/module/mlx5_core
        version = 4.1-1.0.2

      /sys/module/mlx5_core/parameters
        prof_sel = 2

      # Only the vendor's drivers bring this module.
      /sys/module/mlx_compat

      # As after:  modprobe nvme num_p2p_queues=1  (each drive was granted its one queue)
      /sys/module/nvme/parameters
        num_p2p_queues = 1
        use_cmb_sqes = Y
        use_threaded_interrupts = 0

      /sys/module/nvme_core/parameters
        io_timeout = 30
        max_retries = 5

      /usr/sbin
        update-grub : file
        update-initramfs : file

      /var/lib/nvmet
        disk0.img : file
      """;

  private DefaultMachine() {}
}

package io.nvmetsh.device;

/**
 * The generation of an RDMA adapter, from the mlx5 driver's table of PCI ids (kernel 7.3). What
 * counts is the core: BlueField carries that of a ConnectX.
 */
public enum AdapterGeneration {
  CONNECT_IB("Connect-IB", Offload.INCAPABLE),
  CONNECTX_4("ConnectX-4", Offload.INCAPABLE),
  CONNECTX_4_LX("ConnectX-4 Lx", Offload.INCAPABLE),
  CONNECTX_5("ConnectX-5", Offload.CAPABLE),
  CONNECTX_5_EX("ConnectX-5 Ex", Offload.CAPABLE),
  CONNECTX_6("ConnectX-6", Offload.CAPABLE),
  CONNECTX_6_DX("ConnectX-6 Dx", Offload.CAPABLE),
  CONNECTX_6_LX("ConnectX-6 Lx", Offload.CAPABLE),
  CONNECTX_7("ConnectX-7", Offload.CAPABLE),
  CONNECTX_8("ConnectX-8", Offload.CAPABLE),
  CONNECTX_9("ConnectX-9", Offload.CAPABLE),
  CONNECTX_10("ConnectX-10", Offload.CAPABLE),
  BLUEFIELD("BlueField", Offload.CAPABLE),
  BLUEFIELD_2("BlueField-2", Offload.CAPABLE),
  BLUEFIELD_3("BlueField-3", Offload.CAPABLE),
  BLUEFIELD_4("BlueField-4", Offload.CAPABLE),
  /** The id that virtual functions from ConnectX-6 Dx on share. */
  NEWER_VIRTUAL_FUNCTION("ConnectX-6 Dx or later, virtual function", Offload.CAPABLE),
  /** ConnectX-3 and before, on the mlx4 driver or older. */
  BEFORE_MLX5("ConnectX-3 or before", Offload.INCAPABLE),
  OTHER_MAKER("not a ConnectX", Offload.INCAPABLE),
  /** Soft-RoCE (rxe) and soft-iWARP (siw): RDMA over any network interface. */
  SOFTWARE("software RDMA", Offload.INCAPABLE),
  /** A Mellanox id that the table lacks, or none at all. */
  UNKNOWN("unknown", Offload.UNKNOWN);

  /**
   * Whether the hardware may offload an NVMe-oF target. The driver asks the firmware for a
   * capability when a port is linked; nothing shows it before, so CAPABLE is what the generation
   * promises and not a measurement.
   */
  public enum Offload {
    CAPABLE,
    INCAPABLE,
    UNKNOWN
  }

  static final int MELLANOX = 0x15b3;

  private final String title;
  private final Offload offload;

  AdapterGeneration(String title, Offload offload) {
    this.title = title;
    this.offload = offload;
  }

  /** As its maker spells it. */
  public String title() {
    return title;
  }

  public Offload offload() {
    return offload;
  }

  /** Whether an mlx5 id is that of a virtual function: the even ones up to 101e, and a2d3. */
  static boolean isVirtualFunction(int vendor, int device) {
    boolean even = device >= 0x1012 && device <= 0x101e && device % 2 == 0;
    return vendor == MELLANOX && (even || device == 0xa2d3);
  }

  /** The generation that a PCI id stands for. */
  static AdapterGeneration of(int vendor, int device) {
    if (vendor != MELLANOX) {
      return vendor < 0 ? UNKNOWN : OTHER_MAKER;
    }
    return switch (device) {
      case 0x1011, 0x1012 -> CONNECT_IB;
      case 0x1013, 0x1014 -> CONNECTX_4;
      case 0x1015, 0x1016 -> CONNECTX_4_LX;
      case 0x1017, 0x1018 -> CONNECTX_5;
      case 0x1019, 0x101a -> CONNECTX_5_EX;
      case 0x101b, 0x101c -> CONNECTX_6;
      case 0x101d -> CONNECTX_6_DX;
      case 0x101e -> NEWER_VIRTUAL_FUNCTION;
      case 0x101f -> CONNECTX_6_LX;
      case 0x1021 -> CONNECTX_7;
      case 0x1023 -> CONNECTX_8;
      case 0x1025 -> CONNECTX_9;
      case 0x1027, 0x2101 -> CONNECTX_10;
      case 0xa2d2, 0xa2d3 -> BLUEFIELD;
      case 0xa2d6 -> BLUEFIELD_2;
      case 0xa2dc -> BLUEFIELD_3;
      case 0xa2df -> BLUEFIELD_4;
      default -> device >= 0 && device < 0x1011 ? BEFORE_MLX5 : UNKNOWN;
    };
  }
}

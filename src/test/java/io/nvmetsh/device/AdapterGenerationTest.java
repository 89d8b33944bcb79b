package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.AdapterGeneration.Offload;
import org.junit.jupiter.api.Test;

class AdapterGenerationTest {

  private static final int MELLANOX = 0x15b3;

  @Test
  void offloadBeginsWithConnectX5() {
    for (int id : new int[] {0x1003, 0x1011, 0x1012, 0x1013, 0x1014, 0x1015, 0x1016}) {
      assertEquals(Offload.INCAPABLE, AdapterGeneration.of(MELLANOX, id).offload());
    }
    for (int id :
        new int[] {
          0x1017, 0x1018, 0x1019, 0x101a, 0x101b, 0x101c, 0x101d, 0x101e, 0x101f, 0x1021, 0x1023,
          0x1025, 0x1027, 0x2101, 0xa2d2, 0xa2d3, 0xa2d6, 0xa2dc, 0xa2df
        }) {
      assertEquals(Offload.CAPABLE, AdapterGeneration.of(MELLANOX, id).offload());
    }
  }

  @Test
  void whatIsNotInTheTableIsUnknown() {
    assertEquals(AdapterGeneration.UNKNOWN, AdapterGeneration.of(MELLANOX, 0x1029));
    assertEquals(AdapterGeneration.UNKNOWN, AdapterGeneration.of(MELLANOX, -1));
    assertEquals(AdapterGeneration.UNKNOWN, AdapterGeneration.of(-1, -1));
    assertEquals(AdapterGeneration.OTHER_MAKER, AdapterGeneration.of(0x8086, 0x1017));
    assertEquals(Offload.UNKNOWN, AdapterGeneration.UNKNOWN.offload());
  }

  @Test
  void tellsVirtualFunctionsByTheirId() {
    for (int id : new int[] {0x1014, 0x1018, 0x101c, 0x101e, 0xa2d3}) {
      assertTrue(AdapterGeneration.isVirtualFunction(MELLANOX, id));
    }
    for (int id : new int[] {0x1010, 0x1017, 0x101d, 0x1020, 0xa2d2, 0xa2d6, 0xa2dc}) {
      assertFalse(AdapterGeneration.isVirtualFunction(MELLANOX, id));
    }
    assertFalse(AdapterGeneration.isVirtualFunction(0x8086, 0x1018));
  }
}

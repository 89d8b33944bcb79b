/**
 * nvmet in memory, answering like the kernel: same result, same errno, same values after. The shape
 * of the tree comes from the schema; refusals are rules of their own that cite the kernel function,
 * so that a wrong schema row is caught and not confirmed.
 */
@NullMarked
package io.nvmetsh.kernel.sim;

import org.jspecify.annotations.NullMarked;

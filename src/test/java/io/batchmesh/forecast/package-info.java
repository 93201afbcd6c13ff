/** The model of batch windows, held against simulations. */
@org.jspecify.annotations.NullMarked
package io.batchmesh.forecast;

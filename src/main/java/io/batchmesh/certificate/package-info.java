/** Certificates, keys and authorities in files, and what may be wrong with them. */
@NullMarked
package io.batchmesh.certificate;

import org.jspecify.annotations.NullMarked;

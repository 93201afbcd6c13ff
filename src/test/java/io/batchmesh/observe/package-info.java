/** Tests of the watching of proxies. */
@NullMarked
package io.batchmesh.observe;

import org.jspecify.annotations.NullMarked;

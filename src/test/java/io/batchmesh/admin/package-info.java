/** Tests of the admin endpoint against real connections, and what other tests need of it. */
@NullMarked
package io.batchmesh.admin;

import org.jspecify.annotations.NullMarked;

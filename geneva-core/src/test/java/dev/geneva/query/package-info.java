/** Tests of queries: what each combination means, by the API only. */
@NullMarked
package dev.geneva.query;

import org.jspecify.annotations.NullMarked;

package dev.geneva.udtf;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has the annotation processor generate the converters between a record and Arrow columns. Implied
 * for a record that is a {@link Udtf#output}.
 *
 * <p>A component is a column; {@code rowId} becomes {@code row_id} unless {@link ArrowField} names
 * it. A column is non-null unless its component is marked with JSpecify's {@code @Nullable}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ArrowRecord {}

package dev.geneva.udtf.processor.model;

/**
 * A component of a record, and its column.
 *
 * @param component the component's name
 * @param name the column's name
 * @param type its type
 * @param nullable whether null is a value
 */
public record ColumnModel(String component, String name, ColumnType type, boolean nullable) {}

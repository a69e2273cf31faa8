package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.TypeName;

/**
 * A parameter of a function.
 *
 * @param name its name, which is its accessor's too
 * @param type its type, without annotations
 * @param nullable whether null is a value
 */
public record ParameterModel(String name, TypeName type, boolean nullable) {}

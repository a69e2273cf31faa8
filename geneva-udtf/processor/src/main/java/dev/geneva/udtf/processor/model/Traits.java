package dev.geneva.udtf.processor.model;

/**
 * What a generated class has to be careful of because of its surroundings.
 *
 * @param usesDeprecated whether it uses something deprecated, of which compilers would warn though
 *     nobody can do anything about it there
 * @param isInModule whether it is part of a named module, where compilers warn of public things
 *     that show what others don't see
 * @param seesGenerated whether its module reads the one that has {@code @Generated}
 */
public record Traits(boolean usesDeprecated, boolean isInModule, boolean seesGenerated) {}

package dev.geneva.bench.suite;

import dev.geneva.bench.opponent.Opponents;
import java.nio.file.Path;

/**
 * What a line finds when it is measured.
 *
 * @param suite which sizes and how often
 * @param opponents what it may be measured against
 * @param project the project's folder
 */
public record Setting(Suite suite, Opponents opponents, Path project) {}

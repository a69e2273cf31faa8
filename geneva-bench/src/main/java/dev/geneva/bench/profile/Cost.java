package dev.geneva.bench.profile;

/**
 * A place in the code where time was spent.
 *
 * @param percent of all samples
 * @param thread the name of the thread, which Linux cuts off after 15 characters
 * @param object the file name of the library or the like that the place is in
 * @param symbol the function
 */
record Cost(double percent, String thread, String object, String symbol) {}

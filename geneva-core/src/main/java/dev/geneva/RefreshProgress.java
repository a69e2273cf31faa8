package dev.geneva;

import java.time.Duration;

/**
 * How far a refresh is.
 *
 * @param stage what it is doing
 * @param partitionsTotal partitions that it runs; 0 until planned
 * @param partitionsDone partitions that ended
 * @param rowsTotal rows of the source that the query selects; 0 until planned
 * @param rowsRead rows handed to the function so far; a function that reads twice counts twice
 * @param rowsWritten rows taken from the function so far
 * @param batchesWritten batches taken from the function so far
 * @param tasksTotal runs of partitions that are executed in one go; 0 until planned
 * @param tasksDone those that ended
 * @param workers threads or, on Ray, actors that are at work or ready for it
 * @param elapsed since the refresh began
 */
public record RefreshProgress(
    Stage stage,
    int partitionsTotal,
    int partitionsDone,
    long rowsTotal,
    long rowsRead,
    long rowsWritten,
    long batchesWritten,
    int tasksTotal,
    int tasksDone,
    int workers,
    Duration elapsed) {}

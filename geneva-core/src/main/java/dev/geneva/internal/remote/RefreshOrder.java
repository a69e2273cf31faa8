package dev.geneva.internal.remote;

import dev.geneva.ConnectionOptions;
import dev.geneva.RefreshOptions;

/**
 * What another process shall refresh.
 *
 * @param database where the view is; may hold secrets
 * @param view the view's name
 * @param options of which engine and listener don't count: they are the other process's affair
 */
public record RefreshOrder(ConnectionOptions database, String view, RefreshOptions options) {}

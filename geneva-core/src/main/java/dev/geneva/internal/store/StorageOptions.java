package dev.geneva.internal.store;

import dev.geneva.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of a storage, as Lance names them and as OpenDAL does. The names of the options are
 * known here and nowhere else.
 */
public final class StorageOptions {

  private static final String DEFAULT_REGION = "us-east-1";

  private final ObjectStoreUri uri;
  private final Map<String, String> options = new HashMap<>();

  /**
   * Takes options.
   *
   * @param given names as Lance has them, in any case, with or without {@code aws_}, {@code
   *     google_} or {@code azure_} in front
   */
  public StorageOptions(ObjectStoreUri uri, Map<String, String> given) {
    this.uri = uri;
    given.forEach((name, value) -> options.put(name.toLowerCase(Locale.ROOT), value));
    if (uri.service() == ObjectStoreUri.Service.S3) {
      option("aws_endpoint").ifPresent(this::completeEndpoint);
    }
    Redaction.register(
        options.entrySet().stream()
            .filter(option -> isSecret(option.getKey()))
            .map(Map.Entry::getValue));
  }

  /** With an endpoint of their own, stores don't look at the region, but it must be signed. */
  private void completeEndpoint(String endpoint) {
    if (endpoint.startsWith("http://")) {
      options.putIfAbsent("allow_http", "true");
    }
    if (region().isEmpty()) {
      options.put("aws_region", DEFAULT_REGION);
    }
  }

  /** Whether the value of an option must never be shown. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of("secret", "token", "password", "sas", "account_key", "credential", "_key")
            .anyMatch(lower::contains)
        && !lower.endsWith("key_id");
  }

  /** The options for Lance. */
  public Map<String, String> forLance() {
    return Map.copyOf(options);
  }

  /** The options for OpenDAL, with the bucket and the prefix. */
  Map<String, String> forOpenDal() {
    Map<String, String> service = new HashMap<>();
    service.put("root", "/" + uri.prefix());
    switch (uri.service()) {
      case S3 -> s3(service);
      case GS -> gcs(service);
      case AZ -> azblob(service);
    }
    return service;
  }

  private void s3(Map<String, String> service) {
    service.put("bucket", uri.bucket());
    copy(service, "endpoint", "aws_endpoint");
    service.put(
        "region",
        region()
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        "Which region is "
                            + uri
                            + " in? Set the storage option aws_region, or AWS_REGION in the"
                            + " environment.")));
    copy(service, "access_key_id", "aws_access_key_id");
    copy(service, "secret_access_key", "aws_secret_access_key");
    copy(service, "session_token", "aws_session_token", "aws_token");
    copy(service, "enable_virtual_host_style", "aws_virtual_hosted_style_request");
    copy(service, "server_side_encryption", "aws_server_side_encryption");
    copy(service, "server_side_encryption_aws_kms_key_id", "aws_sse_kms_key_id");
    boolean anonymous = option("aws_skip_signature").filter(Boolean::parseBoolean).isPresent();
    if (anonymous) {
      service.put("allow_anonymous", "true");
    }
    if (anonymous || service.containsKey("access_key_id")) {
      // What was given is meant; and looking elsewhere may take long.
      service.put("disable_config_load", "true");
      service.put("disable_ec2_metadata", "true");
    }
  }

  private Optional<String> region() {
    return option("aws_region")
        .or(() -> option("aws_default_region"))
        .or(() -> Optional.ofNullable(System.getenv("AWS_REGION")))
        .or(() -> Optional.ofNullable(System.getenv("AWS_DEFAULT_REGION")));
  }

  private void gcs(Map<String, String> service) {
    service.put("bucket", uri.bucket());
    copy(service, "endpoint", "google_base_url");
    copy(
        service,
        "credential_path",
        "google_service_account",
        "google_service_account_path",
        "google_application_credentials");
    option("google_service_account_key")
        .ifPresent(
            json ->
                service.put(
                    "credential",
                    Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))));
    copy(service, "token", "google_storage_token");
    if (option("google_skip_signature").filter(Boolean::parseBoolean).isPresent()) {
      service.put("allow_anonymous", "true");
    }
  }

  private void azblob(Map<String, String> service) {
    service.put("container", uri.bucket());
    String account =
        option("azure_storage_account_name")
            .or(() -> option("azure_account_name"))
            .or(() -> Optional.ofNullable(System.getenv("AZURE_STORAGE_ACCOUNT_NAME")))
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        "Which account is "
                            + uri
                            + " in? Set the storage option azure_storage_account_name."));
    service.put("account_name", account);
    service.put(
        "endpoint",
        option("azure_storage_endpoint")
            .or(() -> option("azure_endpoint"))
            .orElse("https://" + account + ".blob.core.windows.net"));
    copy(service, "account_key", "azure_storage_account_key", "azure_storage_access_key");
    copy(service, "sas_token", "azure_storage_sas_token", "azure_storage_sas_key");
  }

  private void copy(Map<String, String> service, String to, String... names) {
    List.of(names).stream()
        .flatMap(name -> option(name).stream())
        .findFirst()
        .ifPresent(value -> service.put(to, value));
  }

  /** An option by any of the names that Lance takes for it. */
  private Optional<String> option(String name) {
    String bare = name.replaceFirst("^(aws|google|azure_storage|azure)_", "");
    return Stream.of(name, name + "_url", bare, bare + "_url")
        .map(options::get)
        .filter(value -> value != null && !value.isEmpty())
        .findFirst();
  }
}

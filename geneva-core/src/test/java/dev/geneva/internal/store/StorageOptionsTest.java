package dev.geneva.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.InvalidDefinitionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageOptionsTest {

  private static StorageOptions options(String uri, Map<String, String> options) {
    return new StorageOptions(ObjectStoreUri.parse(uri), options);
  }

  @Test
  void s3HasItsNamesWithAndWithoutAwsInAnyCase() {
    StorageOptions options =
        options(
            "s3://bucket/db",
            Map.of(
                "AWS_ENDPOINT_URL", "https://store.example",
                "region", "eu-1",
                "aws_access_key_id", "id",
                "secret_access_key", "key",
                "aws_session_token", "token",
                "aws_virtual_hosted_style_request", "true"));

    assertThat(options.forOpenDal())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("root", "/db"),
                Map.entry("bucket", "bucket"),
                Map.entry("endpoint", "https://store.example"),
                Map.entry("region", "eu-1"),
                Map.entry("access_key_id", "id"),
                Map.entry("secret_access_key", "key"),
                Map.entry("session_token", "token"),
                Map.entry("enable_virtual_host_style", "true"),
                Map.entry("disable_config_load", "true"),
                Map.entry("disable_ec2_metadata", "true")));
    assertThat(options.forLance())
        .containsEntry("aws_endpoint_url", "https://store.example")
        .doesNotContainKey("allow_http");
  }

  @Test
  void anEndpointOfOnesOwnImpliesARegionAndWhatItsSchemeSays() {
    StorageOptions options =
        options("s3://bucket", Map.of("aws_endpoint", "http://127.0.0.1:9000"));

    assertThat(options.forLance()).containsEntry("allow_http", "true").containsKey("aws_region");
    assertThat(options.forOpenDal()).containsKey("region").containsEntry("root", "/");
  }

  @Test
  void nobodyIsLoggedInWhereNothingIsSigned() {
    Map<String, String> service =
        options("s3://bucket", Map.of("aws_region", "eu-1", "aws_skip_signature", "true"))
            .forOpenDal();

    assertThat(service).containsEntry("allow_anonymous", "true").doesNotContainKey("access_key_id");
  }

  @Test
  void googleAndAzureHaveTheirs() {
    assertThat(
            options(
                    "gs://bucket/db",
                    Map.of(
                        "google_service_account_key", "{}", "google_service_account", "/key.json"))
                .forOpenDal())
        .containsEntry("bucket", "bucket")
        .containsEntry("credential", "e30=")
        .containsEntry("credential_path", "/key.json");
    assertThat(
            options(
                    "az://container/db",
                    Map.of("account_name", "acc", "azure_storage_account_key", "a2V5"))
                .forOpenDal())
        .containsEntry("container", "container")
        .containsEntry("account_name", "acc")
        .containsEntry("account_key", "a2V5")
        .containsEntry("endpoint", "https://acc.blob.core.windows.net");
  }

  @Test
  void azureNeedsAnAccount() {
    assertThatThrownBy(() -> options("az://container/db", Map.of()).forOpenDal())
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Which account is az://container/db in? Set the storage option"
                + " azure_storage_account_name.");
  }

  @Test
  void googleAndAzureAreOpenedAndPutOnlyIfAbsent() {
    for (Store store :
        new Store[] {
          new Store("gs://bucket/db", Map.of("google_storage_token", "token")),
          new Store("az://container/db", Map.of("account_name", "acc", "account_key", "a2V5"))
        }) {
      ObjectStoreUri uri = ObjectStoreUri.parse(store.uri());
      try (OpenDalFileStore opened =
          OpenDalFileStore.open(uri, options(store.uri(), store.options()).forOpenDal())) {
        assertThat(opened.root()).isEqualTo(store.uri());
        assertThat(opened.putsOnlyIfAbsent()).as(store.uri()).isTrue();
      }
    }
  }

  private record Store(String uri, Map<String, String> options) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws_secret_access_key",
        "AWS_SESSION_TOKEN",
        "azure_storage_account_key",
        "azure_storage_sas_token",
        "google_service_account_key",
        "azure_storage_client_secret"
      })
  void whatIsSecretIsKnown(String name) {
    assertThat(StorageOptions.isSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws_access_key_id", "aws_region", "aws_endpoint", "aws_sse_kms_key_id"})
  void whatIsNotSecretIsShown(String name) {
    assertThat(StorageOptions.isSecret(name)).isFalse();
  }

  @Test
  void secretsAreTakenOutOfTextsAndErrors() {
    options(
        "s3://bucket",
        Map.of(
            "aws_endpoint", "http://127.0.0.1:1", "aws_secret_access_key", "s3cr3t-of-this-test"));

    assertThat(Redaction.of("PUT with s3cr3t-of-this-test failed"))
        .isEqualTo("PUT with *** failed");
    assertThat(Redaction.of("GET https://a/b?sv=1&sig=abc%2Fdef&se=2 failed"))
        .isEqualTo("GET https://a/b?sv=1&sig=***&se=2 failed");
    assertThat(Redaction.of("nothing to hide in a design"))
        .isEqualTo("nothing to hide in a design");
    Exception error =
        new IllegalStateException("outer", new IllegalStateException("key s3cr3t-of-this-test"));
    assertThat(Redaction.cause(error)).hasNoCause().hasMessageContaining("outer");
    Exception harmless = new IllegalStateException("harmless");
    assertThat(Redaction.cause(harmless)).isSameAs(harmless);
  }
}

package dev.geneva.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.fixture.S3;
import dev.geneva.internal.fixture.S3Server;
import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.ObjectStoreUri;
import dev.geneva.internal.store.ObjectStores;
import dev.geneva.internal.store.StorageOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real S3 server. */
@ExtendWith(S3.class)
class S3LogStoreTest extends LogStoreContract {

  private final S3Server server;
  private FileStore files;

  S3LogStoreTest(S3Server server) {
    this.server = server;
  }

  @Override
  LogStore emptyStore() {
    ObjectStoreUri uri = ObjectStoreUri.parse("s3://" + server.newBucket() + "/db");
    files = ObjectStores.open(uri, new StorageOptions(uri, server.options()));
    return sameStore();
  }

  @Override
  LogStore sameStore() {
    return new FileLogStore(files, "_geneva/view");
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void ownersAreToldApartWithinThisProcessOnly() {
    String domain = sameStore().domain();

    assertThat(new FileLogStore(files, "_geneva/another").domain()).isEqualTo(domain);
    assertThat(domain).startsWith(HostName.DOMAIN + " process ").isNotEqualTo(HostName.DOMAIN);
  }
}

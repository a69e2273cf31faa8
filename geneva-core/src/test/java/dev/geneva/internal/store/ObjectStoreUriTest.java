package dev.geneva.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.store.ObjectStoreUri.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoreUriTest {

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/db, S3, bucket, db",
    "s3://my.bucket-1/a/b=c/d_e/, S3, my.bucket-1, a/b=c/d_e",
    "gs://bucket, GS, bucket, ''",
    "gs://bucket/, GS, bucket, ''",
    "az://container/db, AZ, container, db",
  })
  void isTakenApart(String uri, Service service, String bucket, String prefix) {
    ObjectStoreUri parsed = ObjectStoreUri.parse(uri);

    assertThat(parsed).isEqualTo(new ObjectStoreUri(service, bucket, prefix));
    assertThat(parsed).hasToString(uri.replaceAll("/+$", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/db", "gs://b", "ftp://host", "s3:", "abc:/x"})
  void aSchemeOfMoreThanOneLetterIsRemote(String uri) {
    assertThat(ObjectStoreUri.isRemote(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data/db", "db", "C:\\db", "C:/db", "file:/data/db", "file:///data/db"})
  void pathsAreLocal(String path) {
    assertThat(ObjectStoreUri.isRemote(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://ab/db",
        "s3://Bucket/db",
        "s3://-bucket/db",
        "s3://b_/db",
        "s3://",
        "s3:///db"
      })
  void aBucketThatCannotBeOneIsNamed(String uri) {
    assertThatThrownBy(() -> ObjectStoreUri.parse(uri))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("can't be a bucket: 3 to 63 lower-case letters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/a//b",
        "s3://bucket/..",
        "s3://bucket/./b",
        "s3://bucket/a%20b",
        "s3://bucket/a b"
      })
  void aPathThatKeysAndUrisWouldWriteDifferentlyIsRefused(String uri) {
    assertThatThrownBy(() -> ObjectStoreUri.parse(uri))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("can't be a part of a database's path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://AKID:hunter2-hunter2@bucket/db",
        "s3://bucket/db?secret=hunter2-hunter2",
        "s3+ddb://AKID:hunter2-hunter2@bucket/db",
        "s3:hunter2-hunter2"
      })
  void whatMayBeAPasswordIsRefusedAndNotRepeated(String uri) {
    assertThatThrownBy(() -> ObjectStoreUri.parse(uri))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("Can't open a database at ")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void keysBelongIntoTheOptionsAndTheMessageSaysSo() {
    assertThatThrownBy(() -> ObjectStoreUri.parse("s3://a:b@bucket/db"))
        .hasMessage(
            "Can't open a database at s3://…: the URI must be only a bucket and a path, such as"
                + " s3://bucket/path/of/the/database. Keys and other options go into"
                + " storageOptions.");
  }
}

package dev.geneva.examples.clustering;

import dev.geneva.examples.scratch.TemporaryFolder;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;

/**
 * What English text means, as a vector: the model all-MiniLM-L6-v2, quantised to 8 bits, which lies
 * on the class path and runs in this process.
 */
final class TextEmbedding {

  private final EmbeddingModel model;

  private TextEmbedding(EmbeddingModel model) {
    this.model = model;
  }

  /** Loads the model, which takes a second or so. */
  static TextEmbedding load() throws IOException {
    // The tokenizer looks on the network whether it runs in somebody's cloud, unless told not to.
    System.setProperty("ai.djl.offline", "true");
    // It unpacks its native library into a cache, which shall not be in the user's home. Once
    // loaded, the library needs no file any more.
    try (TemporaryFolder cache = TemporaryFolder.create("tokenizers-")) {
      System.setProperty("ENGINE_CACHE_DIR", cache.path().toString());
      return new TextEmbedding(new AllMiniLmL6V2QuantizedEmbeddingModel());
    }
  }

  /** The vector for a text. */
  float[] embed(String text) {
    return model.embed(text).content().vector();
  }
}

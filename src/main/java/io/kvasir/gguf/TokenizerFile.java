package io.kvasir.gguf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a vocabulary in Hugging Face's {@code tokenizer.json} format. */
final class TokenizerFile {
  private final JsonGenerator json;

  private TokenizerFile(JsonGenerator json) {
    this.json = json;
  }

  static void write(Vocabulary vocabulary, OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      new TokenizerFile(json).write(vocabulary);
    }
  }

  private void write(Vocabulary vocabulary) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", "1.0");
    json.writeNullField("truncation");
    json.writeNullField("padding");
    json.writeArrayFieldStart("added_tokens");
    added(vocabulary, vocabulary.controls(), true);
    added(vocabulary, vocabulary.userDefined(), false);
    json.writeEndArray();
    if (vocabulary.splitting().composed()) {
      json.writeObjectFieldStart("normalizer");
      json.writeStringField("type", "NFC");
      json.writeEndObject();
    } else {
      json.writeNullField("normalizer");
    }
    preTokenizer(vocabulary.splitting());
    json.writeNullField("post_processor");
    json.writeObjectFieldStart("decoder");
    byteLevel(true);
    json.writeEndObject();
    model(vocabulary);
    json.writeEndObject();
  }

  private void added(Vocabulary vocabulary, List<Integer> ids, boolean special) throws IOException {
    for (int id : ids) {
      json.writeStartObject();
      json.writeNumberField("id", id);
      json.writeStringField("content", vocabulary.tokens().get(id));
      json.writeBooleanField("single_word", false);
      json.writeBooleanField("lstrip", false);
      json.writeBooleanField("rstrip", false);
      json.writeBooleanField("normalized", false);
      json.writeBooleanField("special", special);
      json.writeEndObject();
    }
  }

  private void preTokenizer(Splitting splitting) throws IOException {
    json.writeObjectFieldStart("pre_tokenizer");
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("pretokenizers");
    if (splitting.singleDigits()) {
      json.writeStartObject();
      json.writeStringField("type", "Digits");
      json.writeBooleanField("individual_digits", true);
      json.writeEndObject();
    }
    String pattern = splitting.pattern();
    if (pattern != null) {
      json.writeStartObject();
      json.writeStringField("type", "Split");
      json.writeObjectFieldStart("pattern");
      json.writeStringField("Regex", pattern);
      json.writeEndObject();
      json.writeStringField("behavior", "Isolated");
      json.writeBooleanField("invert", false);
      json.writeEndObject();
    }
    json.writeStartObject();
    byteLevel(pattern == null);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private void byteLevel(boolean ownPattern) throws IOException {
    json.writeStringField("type", "ByteLevel");
    json.writeBooleanField("add_prefix_space", false);
    json.writeBooleanField("trim_offsets", true);
    json.writeBooleanField("use_regex", ownPattern);
  }

  private void model(Vocabulary vocabulary) throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("type", "BPE");
    json.writeNullField("dropout");
    json.writeNullField("unk_token");
    json.writeNullField("continuing_subword_prefix");
    json.writeNullField("end_of_word_suffix");
    json.writeBooleanField("fuse_unk", false);
    json.writeBooleanField("byte_fallback", false);
    // The llama 3 family takes a whole word that is a token as it is, before any merge.
    json.writeBooleanField("ignore_merges", vocabulary.splitting() == Splitting.LLAMA3);
    json.writeObjectFieldStart("vocab");
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      json.writeNumberField(vocabulary.tokens().get(id), id);
    }
    json.writeEndObject();
    json.writeArrayFieldStart("merges");
    for (Vocabulary.Merge merge : vocabulary.merges()) {
      json.writeStartArray();
      json.writeString(merge.left());
      json.writeString(merge.right());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}

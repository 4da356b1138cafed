package io.kvasir.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.Notice;
import io.kvasir.core.Sampling;
import java.io.Serial;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the nouns are written as JSON: records as they are, enums by wire name, times as ISO 8601.
 */
public final class Json {
  /** The one mapper; immutable in use, safe to share between threads. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          // What a record says of itself (Scope.isAll) is no part of it.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addMixIn(Sampling.class, YoungerPenalties.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                  .addDeserializer(Instant.class, new InstantDeserializer())
                  .addSerializer(AnswerPath.class, new ToStringSerializer(AnswerPath.class))
                  .addDeserializer(AnswerPath.class, new PathDeserializer())
                  .addDeserializer(Notice.Code.class, new NoticeDeserializer()))
          .build();

  private Json() {}

  /** What traces from before these penalties leave out is 0. */
  private interface YoungerPenalties {
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    double presencePenalty();

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    double frequencyPenalty();
  }

  private static final class InstantDeserializer extends FromStringDeserializer<Instant> {
    @Serial private static final long serialVersionUID = 1L;

    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context) {
      return Instant.parse(value);
    }
  }

  /** A notice that this version does not have is read by its sentence. */
  private static final class NoticeDeserializer
      extends FromStringDeserializer<Notice.@Nullable Code> {
    @Serial private static final long serialVersionUID = 1L;

    NoticeDeserializer() {
      super(Notice.Code.class);
    }

    @Override
    protected Notice.@Nullable Code _deserialize(String value, DeserializationContext context) {
      return Stream.of(Notice.Code.values())
          .filter(code -> code.toString().equals(value))
          .findFirst()
          .orElse(null);
    }
  }

  /** Any name: a trace may name a path that this version does not have. */
  private static final class PathDeserializer extends FromStringDeserializer<AnswerPath> {
    @Serial private static final long serialVersionUID = 1L;

    PathDeserializer() {
      super(AnswerPath.class);
    }

    @Override
    protected AnswerPath _deserialize(String value, DeserializationContext context) {
      return new AnswerPath(value);
    }
  }
}

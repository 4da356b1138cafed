package io.kvasir.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.http.exchange.HeaderParameters;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients write into a header of a part is read as they meant it, or not at all. */
final class HeaderParametersTest {
  private static void assertName(String name, String written) {
    assertThat(
            PartHeaders.of(
                "content-disposition: form-data; name=\"file\"; " + written + "\r\n\r\n"))
        .as(written)
        .isEqualTo(new PartHeaders("file", name));
  }

  @Test
  void everyClientsQuotesAreRead() {
    assertName("a\"b;c.md", "filename=\"a%22b;c.md\"");
    assertName("back\\", "filename=\"back\\\"");
    assertName("a\"b.md", "filename=\"a\\\"b.md\"");
    assertName("a\"; b=\\c.md", "filename=\"a\\\"; b=\\\\c.md\"");
    assertName("a%22\"b.md", "filename=\"a%22\\\"b.md\"");
    assertName("quote\"in name.md", "filename=\"quote\"in name.md\"");
    assertName("a b.md", "filename=a b.md");
    assertName("ü;\".md", "filename=\"x\"; filename*=UTF-8''%C3%BC%3B%22.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "form-data; name=\"file",
        "form-data; name",
        "form-data; =\"x\"",
        "form-data; name=\"a\"; name=\"b\"",
        "form-data; name=\"a\"; NAME=\"a\"",
        "form-data; name=; filename=\"x\""
      })
  void whatMakesNoSenseIsNotRead(String header) {
    assertThat(HeaderParameters.of(header)).isNull();
  }

  @Test
  void contentTypesAreReadToo() {
    HeaderParameters type = HeaderParameters.of("Multipart/Form-Data ; Boundary = \"a b\";");
    assertThat(type).isNotNull();
    assertThat(type.value()).isEqualTo("multipart/form-data");
    assertThat(type.parameters()).isEqualTo(Map.of("boundary", "a b"));
  }
}

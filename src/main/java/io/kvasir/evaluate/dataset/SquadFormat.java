package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * SQuAD 1.1 and 2.0 (data, paragraphs, qas) and what follows it, CMRC 2018 in both of its forms.
 * One article at a time is held: a file can be larger than memory, and cut off.
 */
final class SquadFormat implements DatasetFormat {
  @Override
  public String described() {
    return "a .json file as SQuAD and CMRC have it (data, paragraphs, qas)";
  }

  @Override
  public boolean reads(Path path) {
    return Files.isRegularFile(path) && path.toString().endsWith(".json");
  }

  @Override
  public void read(Path path, ColumnMapping mapping, DatasetDraft draft) throws IOException {
    draft.limits().checkBytes(DatasetFile.named(path), Files.size(path));
    try (JsonParser parser = JsonValues.MAPPER.getFactory().createParser(path.toFile())) {
      new Reading(path, parser, draft).file();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      draft.bad(
          Place.of(path, at == null ? 0 : at.getLineNr()),
          "no JSON from here on, so the rest of the file is not read: " + e.getOriginalMessage());
    }
  }

  private record Reading(Path path, JsonParser parser, DatasetDraft draft) {
    void file() throws IOException {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        articles();
      } else if (first == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean data = parser.currentName().equals("data");
          if (parser.nextToken() == JsonToken.START_ARRAY && data) {
            articles();
          } else {
            parser.skipChildren();
          }
        }
      } else {
        draft.bad(place(), "the file is neither a JSON object nor an array");
      }
    }

    private void articles() throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          draft.bad(place(), "the article is no JSON object");
          parser.skipChildren();
          continue;
        }
        SquadArticle article = new SquadArticle(draft);
        SquadArticle.Paragraph whole = article.paragraph(place());
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals("title") && value == JsonToken.VALUE_STRING) {
            article.title(parser.getText());
          } else if (name.equals("paragraphs") && value == JsonToken.START_ARRAY) {
            paragraphs(article);
          } else {
            field(whole, name, value);
          }
        }
        article.finish();
      }
    }

    private void paragraphs(SquadArticle article) throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          draft.bad(place(), "the paragraph is no JSON object");
          parser.skipChildren();
          continue;
        }
        SquadArticle.Paragraph paragraph = article.paragraph(place());
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          field(paragraph, parser.currentName(), parser.nextToken());
        }
      }
    }

    private void field(SquadArticle.Paragraph paragraph, String name, JsonToken value)
        throws IOException {
      boolean context = name.equals("context") || name.equals("context_text");
      if (context && value == JsonToken.VALUE_STRING) {
        paragraph.context(parser.getText());
      } else if (name.equals("qas") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          Place place = place();
          JsonNode question = parser.readValueAsTree();
          paragraph.question(place, question);
        }
      } else {
        parser.skipChildren();
      }
    }

    private Place place() {
      return Place.of(path, parser.currentTokenLocation().getLineNr());
    }
  }
}

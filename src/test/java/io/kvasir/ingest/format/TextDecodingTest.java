package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text in whatever charset, whole or damaged, is what its writer wrote; or it is refused. */
final class TextDecodingTest {
  @ParameterizedTest
  @CsvSource({
    "big5.txt, 颱風警報發布時",
    "cp1251.txt, Насосная станция работает круглосуточно.",
    "gbk-truncated.txt, 夜班人员在二十二点整检查锅炉房的水压表",
    "utf16le-nobom-zh.txt, 夜班人员在二十二点整检查锅炉房的水压表",
  })
  void whatHadToBeGuessedIsReadAndSaid(String file, String words) {
    LoadedDocument document = Reading.fault("enc/" + file);
    assertThat(document.text()).contains(words).doesNotContain("\uFFFD");
    assertThat(document.notes()).anyMatch(note -> note.contains("save it as UTF-8"));
  }

  @ParameterizedTest
  @CsvSource({
    "KOI8-R, Насосная станция работает круглосуточно. Ключ у дежурного.",
    "windows-1251, Насосна станція працює цілодобово. Тиск перевіряють щодві години.",
    "GBK, 夜班人员在二十二点整检查锅炉房的水压表，读数应在三到五巴之间。",
    "Shift_JIS, ポンプ場は二十四時間稼働しています。圧力は二時間ごとに確認してください。",
    "EUC-JP, ポンプ場は二十四時間稼働しています。圧力は二時間ごとに確認してください。",
    "EUC-KR, 펌프장은 하루 24시간 가동됩니다. 압력은 두 시간마다 확인합니다.",
    "ISO-8859-2, 'Pompownia działa całą dobę. Klucz przechowuje dyżurny inżynier.'",
    "windows-1250, Čerpací stanice pracuje nepřetržitě. Tlak se kontroluje každé dvě hodiny.",
    "windows-1252, La pression est vérifiée toutes les deux heures. L’ingénieur a la clé.",
    "windows-1252, Größe: 5 m",
    "windows-1253, Το αντλιοστάσιο λειτουργεί όλο το εικοσιτετράωρο. Η πίεση ελέγχεται.",
    "windows-1254, 'Pompa istasyonu gece gündüz çalışır. Basınç iki saatte bir kontrol edilir. Anahtar nöbetçi mühendiste saklanır; şişe, ağaç, İstanbul.'",
    "windows-1256, تعمل محطة الضخ على مدار الساعة. يتم فحص الضغط كل ساعتين.",
    "UTF-16LE, 夜班人员在二十二点整检查锅炉房的水压表，读数应在三到五巴之间。",
    "UTF-16BE, ポンプ場は二十四時間稼働しています。",
    "UTF-16BE, Насосная станция работает круглосуточно.",
  })
  void legacyCharsetsAreTold(String charset, String words) {
    for (int times : new int[] {1, 400}) {
      String text = String.join("\n", java.util.Collections.nCopies(times, words));
      LoadedDocument document = Reading.of("a.txt", text.getBytes(Charset.forName(charset)));
      assertThat(document.text()).isEqualTo(text);
      assertThat(document.notes()).singleElement().asString().startsWith("was read as ");
    }
  }

  @Test
  void oneBadByteIsReplacedAndTheRestStaysUtf8() {
    LoadedDocument small = Reading.fault("enc/utf8-one-bad-byte.txt");
    assertThat(small.text()).contains("öffnet um 7 Uhr").contains("caf\uFFFD im");
    assertThat(small.notes()).singleElement().asString().contains("no UTF-8 at one place");

    byte[] large = "Größere Geräte stehen im Hof.\n".repeat(300).getBytes(StandardCharsets.UTF_8);
    large[5_000] = (byte) 0xFC;
    assertThat(Reading.of("a.txt", large).text()).contains("Größere").doesNotContain("Ã");
    byte[] few = "Der Schlüssel hängt am caf\u0001.".getBytes(StandardCharsets.UTF_8);
    few[few.length - 2] = (byte) 0xE9;
    assertThat(Reading.of("a.md", few).text()).isEqualTo("Der Schlüssel hängt am caf\uFFFD.");
  }

  @Test
  void aCharacterThatIsCutAtTheEndIsLeftOut() {
    LoadedDocument fault = Reading.fault("enc/utf8-truncated.txt");
    assertThat(fault.text()).startsWith("值班手册").doesNotContain("\uFFFD");
    assertThat(fault.notes()).singleElement().asString().contains("ends within a character");
    byte[] whole = "软件包管理系统".getBytes(StandardCharsets.UTF_8);
    assertThat(Reading.of("a.txt", Arrays.copyOf(whole, whole.length - 2)).text())
        .isEqualTo("软件包管理系");
    byte[] wide = "夜班人员检查锅炉房".getBytes(StandardCharsets.UTF_16LE);
    assertThat(Reading.of("a.txt", Arrays.copyOf(wide, wide.length - 1)).text())
        .startsWith("夜班人员检查锅炉");
  }

  @Test
  void whatReadsLikeTextInNoCharsetIsRefusedWithWhatToDo() {
    byte[] bytes = new byte[2_000];
    new Random(5).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] |= (byte) (bytes[i] >= 0 && bytes[i] < ' ' ? ' ' : 0);
    }
    assertThatThrownBy(() -> Reading.of("a.txt", bytes))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("save it as UTF-8");
  }

  @Test
  void aPageIsInTheCharsetThatABrowserTakesItsDeclarationFor() {
    assertThat(Reading.fault("enc/html-gb2312-label.html").text()).contains("镕炉车间的喆先生");
    assertThat(Reading.fault("enc/html-latin1-label.html").text())
        .contains("12 € – “all inclusive”");
    assertThat(Reading.fault("enc/html-script-charset.html").text()).contains("Werkstatt öffnet");
    assertThat(page("windows-31j", "<meta charset=shift_jis>", "①髙橋").text()).isEqualTo("①髙橋");
    assertThat(page("windows-1252", "<meta charset=\" US-ASCII \">", "5 € – ü").text())
        .isEqualTo("5 € – ü");
    assertThat(page("x-windows-949", "<META CHARSET='ks_c_5601-1987'>", "똠방각하").text())
        .isEqualTo("똠방각하");
  }

  @Test
  void onlyARealDeclarationCounts() {
    assertThat(page("UTF-8", "<!-- <meta charset=big5> --><meta charset=utf-8>", "Größe").text())
        .isEqualTo("Größe");
    assertThat(page("UTF-8", "<script>m='<meta charset=koi8-r>'</script>", "Größe").text())
        .isEqualTo("Größe");
    assertThat(page("UTF-8", "<meta name=x content='charset=koi8-r'>", "Größe").text())
        .isEqualTo("Größe");
    String xml = "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><meta charset=utf-8>";
    assertThat(page("ISO-8859-2", xml, "żółć").text()).isEqualTo("żółć");
    String equivalent = "<meta content='text/html; charset=koi8-r' http-equiv=content-type>";
    assertThat(page("KOI8-R", equivalent, "вот").text()).isEqualTo("вот");
    assertThat(page("UTF-8", "\uFEFF<meta charset=big5>", "Größe").text()).isEqualTo("Größe");
  }

  @Test
  void aPageThatDeclaresWhatItIsNotIsReadAsWhatItIs() {
    LoadedDocument page =
        page("windows-1251", "<meta charset=utf-8>", "Насосная станция работает.");
    assertThat(page.text()).isEqualTo("Насосная станция работает.");
    assertThat(page.notes()).singleElement().asString().contains("windows-1251");
  }

  private static LoadedDocument page(String charset, String head, String words) {
    String page = head + "<title>t</title><p>" + words;
    return Reading.of("a.html", page.getBytes(Charset.forName(charset)));
  }
}

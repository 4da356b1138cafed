import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;

/** Writes a folder of PEM certificates into a store that Java trusts: FOLDER STORE. */
final class TrustStore {
  private TrustStore() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> files;
    try (Stream<Path> folder = Files.list(Path.of(arguments[0]))) {
      files = folder.filter(file -> file.toString().endsWith(".crt")).sorted().toList();
    }
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Path file : files) {
      try (InputStream pem = Files.newInputStream(file)) {
        Certificate certificate = certificates.generateCertificate(pem);
        store.setCertificateEntry(file.getFileName().toString(), certificate);
      }
    }
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
      store.store(out, new char[0]);
    }
    System.out.println(store.size() + " certificates");
  }
}

package io.kvasir.http.api;

import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.Summary;
import io.kvasir.evaluate.report.CsvReport;
import io.kvasir.evaluate.report.HtmlReport;
import io.kvasir.evaluate.report.JsonReport;
import io.kvasir.evaluate.report.ReportInput;
import io.kvasir.evaluate.report.TextReport;
import io.kvasir.experiment.Experiment;
import io.kvasir.experiment.ExperimentPlan;
import io.kvasir.experiment.Experiments;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code /api/experiments/…/report.*}: what an experiment says by now, in several forms. */
public final class ExperimentReports {
  private final Experiments experiments;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ExperimentReports(HttpPorts ports) {
    this.experiments = ports.experiments();
  }

  /** A form of a report. */
  private record Form(String file, String type, Function<ReportInput, String> writer) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("report.html", "text/html; charset=utf-8", HtmlReport::of),
          new Form("report.json", "application/json", JsonReport::of),
          new Form("report.txt", "text/plain; charset=utf-8", TextReport::of),
          new Form("results.csv", "text/csv; charset=utf-8", CsvReport::results));

  /** Adds the routes. */
  public void mount(Router router) {
    for (Form form : FORMS) {
      router.get("/api/experiments/:id/" + form.file()).handler(context -> write(context, form));
    }
  }

  private void write(RoutingContext context, Form form) {
    Query.of(context);
    String server = "%s://%s/".formatted(context.request().scheme(), host(context));
    Replies.when(
        context,
        experiments
            .whole(KeyGuard.workspace(context), String.valueOf(context.pathParam("id")))
            .compose(
                whole ->
                    context
                        .vertx()
                        .executeBlocking(() -> form.writer().apply(input(whole, server)), false)),
        text -> send(context, form, text));
  }

  private static String host(RoutingContext context) {
    var authority = context.request().authority();
    return authority == null ? "localhost" : authority.toString();
  }

  private static ReportInput input(Experiments.Whole whole, String server) {
    Experiment experiment = whole.experiment();
    ExperimentPlan plan = experiment.plan();
    return new ReportInput(
        plan.name(),
        experiment.createdAt(),
        server,
        plan.dataset(),
        settings(plan),
        plan.checksum(),
        Summary.of(plan.rows(), whole.results(), reference(plan.rows())),
        whole.questions(),
        whole.results());
  }

  private static Map<String, String> settings(ExperimentPlan plan) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("collection", plan.collection());
    settings.put("conditions", plan.conditions());
    settings.put("sampling", plan.sampling().toString());
    return settings;
  }

  /** The first way to answer that reads documents it had to find; the first row if none does. */
  private static String reference(List<Row> rows) {
    return rows.stream().filter(Row::isWayToAnswer).findFirst().orElse(rows.get(0)).name();
  }

  /** Browsers are told to keep the file: under this server's address it has no business to run. */
  private static void send(RoutingContext context, Form form, String text) {
    if (!context.response().closed() && !context.response().ended()) {
      context
          .response()
          .putHeader("content-type", form.type())
          .putHeader("content-disposition", "attachment; filename=\"%s\"".formatted(form.file()))
          .end(text);
    }
  }
}

package io.kvasir.generate;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.el.ext.AstMacroFunction;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import java.util.Properties;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.TreeBuilder;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstFunction;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstLiteral;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstParameters;
import jinjava.de.odysseus.el.tree.impl.ast.AstRightValue;
import jinjava.javax.el.ELContext;
import org.jspecify.annotations.Nullable;

/**
 * Jinjava's expressions, each of whose parts is a step of the {@link Rendering} and has its value
 * checked there. Jinjava itself limits texts alone, so that lists of lists, doubled fifty times,
 * would keep it comparing or printing for years within one operator.
 */
final class TemplateExpressions extends ExpressionFactoryImpl {
  TemplateExpressions() {
    super(new Properties(), new TruthyTypeConverter());
  }

  @Override
  protected TreeBuilder createTreeBuilder(Properties properties, Builder.Feature... features) {
    return new ExtendedSyntaxBuilder(features) {
      private static final long serialVersionUID = 1L;

      @Override
      protected Parser createParser(String expression) {
        return new CheckedParser(this, expression);
      }
    };
  }

  private static final class CheckedParser extends ExtendedParser {
    CheckedParser(Builder context, String input) {
      super(context, input);
      // Otherwise namespace(last=messages|length - 1) is one less than a named argument.
      putExtensionHandler(
          NamedParameterOperator.TOKEN,
          new ExtensionHandler(ExtensionPoint.OR) {
            @Override
            public AstNode createAstNode(AstNode... children) {
              return NamedParameterOperator.HANDLER.createAstNode(children);
            }
          });
    }

    @Override
    protected AstNode value() throws Scanner.ScanException, ParseException {
      Rendering.current().value();
      AstNode value = super.value();
      // Who asks for a name or a key looks at the node's class.
      boolean plain = value instanceof AstIdentifier || isPlainLiteral(value);
      return value == null || plain ? value : new Checked(value);
    }

    private static boolean isPlainLiteral(@Nullable AstNode value) {
      return value instanceof AstLiteral
          && value.getClass().getPackageName().equals(AstLiteral.class.getPackageName());
    }

    @Override
    protected AstIdentifier createAstIdentifier(String name, int index) {
      // What Jinjava's parser itself refers to is no value; ChatTemplate lets no template name it.
      if (name.equals(INTERPRETER)) {
        return super.createAstIdentifier(name, index);
      }
      if (name.startsWith(FILTER_PREFIX) || name.startsWith(EXPTEST_PREFIX)) {
        // Jinjava writes nothing for a filter that it does not know.
        if (!TemplateEngine.allows(name)) {
          String kind = name.startsWith(FILTER_PREFIX) ? "the filter " : "the test ";
          Rendering.current()
              .refuse(Rendering.forbidden(kind + name.substring(name.indexOf(':') + 1)));
        }
        return super.createAstIdentifier(name, index);
      }
      return new AstIdentifier(name, index, context.isEnabled(Builder.Feature.IGNORE_RETURN_TYPE)) {
        @Override
        public @Nullable Object eval(Bindings bindings, ELContext context) {
          return Rendering.current().checked(super.eval(bindings, context));
        }
      };
    }

    @Override
    protected AstFunction createAstFunction(String name, int index, AstParameters parameters) {
      boolean variable = context.isEnabled(Builder.Feature.VARARGS);
      return new AstMacroFunction(name, index, parameters, variable) {
        @Override
        public @Nullable Object eval(Bindings bindings, ELContext context) {
          Rendering.current().call();
          return super.eval(bindings, context);
        }
      };
    }

    @Override
    protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
      return new AstBinary(left, right, operator) {
        @Override
        public @Nullable Object eval(Bindings bindings, ELContext context) {
          return Rendering.current().checked(super.eval(bindings, context));
        }
      };
    }
  }

  private static final class Checked extends AstRightValue {
    private final AstNode node;

    Checked(AstNode node) {
      this.node = node;
    }

    @Override
    public @Nullable Object eval(Bindings bindings, ELContext context) {
      return Rendering.current().checked(node.eval(bindings, context));
    }

    @Override
    public void appendStructure(StringBuilder builder, Bindings bindings) {
      node.appendStructure(builder, bindings);
    }

    @Override
    public int getCardinality() {
      return 1;
    }

    @Override
    public AstNode getChild(int index) {
      return node;
    }

    @Override
    public String toString() {
      return node.toString();
    }
  }
}

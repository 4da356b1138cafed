package io.kvasir.generate;

import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * The only way from a chat template to anything: items of maps, lists and texts, what a loop
 * counts, and the methods of {@link TextMethods}. No Java object has properties or methods here.
 */
final class TemplateValues extends ELResolver {
  @Override
  public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
    if (base == null) {
      return null;
    }
    context.setPropertyResolved(true);
    return Rendering.current().checked(item(base, String.valueOf(property)));
  }

  private static @Nullable Object item(Object base, String name) {
    if (base instanceof Map<?, ?> map) {
      return map.get(name);
    } else if (base instanceof List<?> list) {
      int index = index(name, list.size());
      return index < 0 ? null : list.get(index);
    } else if (base instanceof String text) {
      int index = index(name, text.length());
      return index < 0 ? null : text.substring(index, index + 1);
    } else if (base instanceof ForLoop loop) {
      return counted(loop, name);
    } else if (base instanceof Number
        || base instanceof Boolean
        // Jinjava asks whether the filter or test is a macro before it invokes it.
        || base instanceof Filter
        || base instanceof ExpTest) {
      return null;
    }
    throw denied("what is no text, number, list or map");
  }

  /** A place counted from the end if negative; -1 if there is none. */
  private static int index(String name, int length) {
    try {
      int index = Integer.parseInt(name);
      int place = index < 0 ? index + length : index;
      return place < 0 || place >= length ? -1 : place;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable Object counted(ForLoop loop, String name) {
    return switch (name) {
      case "index" -> loop.getIndex();
      case "index0" -> loop.getIndex0();
      case "revindex" -> loop.getRevindex();
      case "revindex0" -> loop.getRevindex0();
      case "first" -> loop.isFirst();
      case "last" -> loop.isLast();
      case "length" -> loop.getLength();
      default -> null;
    };
  }

  @Override
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      Object method,
      Class<?> @Nullable [] types,
      @Nullable Object @Nullable [] given) {
    if (base == null) {
      return null;
    }
    context.setPropertyResolved(true);
    String name = String.valueOf(method);
    @Nullable Object[] parameters = given == null ? new Object[0] : given;
    if (base instanceof Filter filter && name.equals("filter")) {
      return Rendering.current().checked(filtered(filter, parameters));
    } else if (base instanceof ExpTest test && parameters.length >= 2) {
      checkAll(Arrays.asList(parameters).subList(2, parameters.length));
      return tested(test, name, parameters);
    }
    checkAll(Arrays.asList(parameters));
    if (!(base instanceof String || base instanceof List || base instanceof Map)) {
      throw denied("a method of what is no text, list or map");
    }
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Object parameter : parameters) {
      arguments.add(parameter instanceof NamedParameter named ? named.getValue() : parameter);
    }
    return Rendering.current().checked(TextMethods.call(base, name, arguments));
  }

  /** As Jinjava gives them: the value, the interpreter, further arguments, and named ones. */
  private static @Nullable Object filtered(Filter filter, @Nullable Object[] parameters) {
    @Nullable Object[] arguments = (Object[]) parameters[2];
    Map<String, Object> named = new java.util.LinkedHashMap<>();
    ((Map<?, ?>) parameters[3]).forEach((name, value) -> named.put(name.toString(), value));
    Rendering.current().checked(parameters[0]);
    checkAll(Arrays.asList(arguments));
    checkAll(named.values());
    Object result = filter.filter(parameters[0], interpreter(), arguments, named);
    // A set or a view of values is no list to the template otherwise.
    return result instanceof Collection<?> items && !(result instanceof List)
        ? new ArrayList<Object>(items)
        : result;
  }

  private static Object tested(ExpTest test, String name, @Nullable Object[] parameters) {
    Object value = Rendering.current().checked(parameters[0]);
    @Nullable Object[] arguments = Arrays.copyOfRange(parameters, 2, parameters.length);
    return switch (name) {
      case "evaluate" -> test.evaluate(value, interpreter(), arguments);
      case "evaluateNegated" -> test.evaluateNegated(value, interpreter(), arguments);
      default -> throw denied("the method " + name + " of a test");
    };
  }

  private static JinjavaInterpreter interpreter() {
    return JinjavaInterpreter.getCurrent();
  }

  private static void checkAll(Collection<?> values) {
    values.forEach(Rendering.current()::checked);
  }

  private static IllegalStateException denied(String what) {
    Rendering.current().refuse(Rendering.forbidden(what));
    return new IllegalStateException(what);
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    throw denied("an assignment within an expression");
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return Object.class;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }
}

package io.karyoflow.ingest.web;

import jakarta.ws.rs.BeanParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Which parameters are known, by the annotations that they are read by, so that nobody has to list them once more.
 *
 * @param kind what they are called in a refusal
 */
record ParameterNames(String kind, List<String> known) {

    /** Those that a resource's method reads from the query. */
    static ParameterNames ofQuery(Method method) {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            RestQuery query = parameter.getAnnotation(RestQuery.class);
            if (query != null) {
                names.add(name(query.value(), parameter.getName()));
            } else if (parameter.isAnnotationPresent(BeanParam.class)) {
                names.addAll(names(parameter.getType(), RestQuery.class, RestQuery::value));
            }
        }
        return new ParameterNames("parameter", names);
    }

    /** The fields of a form. */
    static ParameterNames ofForm(Class<?> form) {
        return new ParameterNames("field", names(form, RestForm.class, RestForm::value));
    }

    private static <A extends Annotation> List<String> names(
            Class<?> bean, Class<A> annotation, Function<A, String> value) {
        List<String> names = new ArrayList<>();
        for (Field field : bean.getDeclaredFields()) {
            A present = field.getAnnotation(annotation);
            if (present != null) {
                names.add(name(value.apply(present), field.getName()));
            }
        }
        return names;
    }

    private static String name(String given, String otherwise) {
        return given.isEmpty() ? otherwise : given;
    }

    void refuseOthers(Collection<String> given) {
        for (String name : given) {
            if (!known.contains(name)) {
                throw HttpErrors.badRequest("unknown " + kind + " '" + name + "'; "
                        + (known.isEmpty() ? "none is known here" : "known are " + String.join(", ", known)));
            }
        }
    }
}

package io.karyoflow.tuner.web;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Somebody who misspells {@code wrong} would take all images for mistakes. Which parameters a method knows, its own
 * annotations say. Pages are for people, who see what they get, and whose links other programs add parameters to.
 */
class RefuseUnknownParameters {
    @ServerRequestFilter
    public void refuse(ResourceInfo resource, UriInfo uri) {
        if (resource.getResourceClass().equals(Pages.class)) {
            return;
        }
        List<String> known = known(resource.getResourceMethod());
        for (String name : uri.getQueryParameters().keySet()) {
            if (!known.contains(name)) {
                throw BadRequest.because("unknown parameter '" + name + "'; "
                        + (known.isEmpty() ? "none is known here" : "known are " + String.join(", ", known)));
            }
        }
    }

    private static List<String> known(Method method) {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    add(field.getAnnotation(RestQuery.class), field.getName(), names);
                }
            } else {
                add(parameter.getAnnotation(RestQuery.class), parameter.getName(), names);
            }
        }
        return names;
    }

    private static void add(RestQuery query, String name, List<String> names) {
        if (query != null) {
            names.add(query.value().isEmpty() ? name : query.value());
        }
    }
}

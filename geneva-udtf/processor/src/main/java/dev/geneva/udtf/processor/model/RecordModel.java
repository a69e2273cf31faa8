package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A record for which a converter is generated.
 *
 * @param element the record
 * @param name the record's name
 * @param converter the converter's name
 * @param columns its columns, in order
 * @param traits what the converter has to be careful of
 */
public record RecordModel(
    TypeElement element,
    ClassName name,
    ClassName converter,
    List<ColumnModel> columns,
    Traits traits) {}

package io.batchmesh.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds for records, enums and interfaces. */
final class BeValues extends ArchCondition<JavaClass> {
    private BeValues() {
        super("be records, enums or interfaces");
    }

    static BeValues beValues() {
        return new BeValues();
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean value = type.isRecord() || type.isEnum() || type.isInterface();
        events.add(new SimpleConditionEvent(type, value, type.getName() + " is a plain class"));
    }
}

package io.batchmesh.alert;

import io.batchmesh.model.AlertRule.Urgency;
import java.time.Duration;
import java.util.List;

/**
 * Two windows over both of which an error budget must burn so fast: the long one says that it
 * matters, the short one that it goes on. The numbers are those of "The Site Reliability Workbook",
 * chapter 5, "Multiwindow, Multi-Burn-Rate Alerts", for a budget of 30 days.
 *
 * @param factor how many times faster than the budget allows
 * @param over the long window
 * @param and the short window, a twelfth of it
 * @param urgency whom it calls
 */
public record BurnWindows(double factor, Duration over, Duration and, Urgency urgency) {
    /** None. */
    public static final BurnWindows NONE =
            new BurnWindows(0, Duration.ZERO, Duration.ZERO, Urgency.TICKET);

    /** 2 % of the budget in an hour. */
    public static final BurnWindows FAST =
            new BurnWindows(14.4, Duration.ofHours(1), Duration.ofMinutes(5), Urgency.PAGE);

    /** 5 % of the budget in six hours. */
    public static final BurnWindows STEADY =
            new BurnWindows(6, Duration.ofHours(6), Duration.ofMinutes(30), Urgency.PAGE);

    /** 10 % of the budget in three days: longer than anything is kept here. */
    public static final BurnWindows SLOW =
            new BurnWindows(1, Duration.ofDays(3), Duration.ofHours(6), Urgency.TICKET);

    /** Those that are watched here. */
    public static final List<BurnWindows> HERE = List.of(FAST, STEADY);

    /** All of them. */
    public static final List<BurnWindows> ALL = List.of(FAST, STEADY, SLOW);
}

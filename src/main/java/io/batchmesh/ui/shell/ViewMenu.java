package io.batchmesh.ui.shell;

import java.util.function.Supplier;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** What is shown, for a colleague to open. */
final class ViewMenu extends MenuButton {
    /**
     * @param picks asks for files
     */
    ViewMenu(Bookmarks bookmarks, Supplier<FilePicks> picks) {
        super("Share view");
        setId("view-menu");
        setMinWidth(Region.USE_PREF_SIZE);
        setTooltip(
                new Tooltip(
                        "What is shown, for a colleague who has the same mesh: selection, tab,"
                                + " drawing, time, comparison and filter; no numbers"));
        getItems()
                .addAll(
                        TimeMenu.item("view-copy", "Copy this view (Ctrl+B)", bookmarks::copy),
                        TimeMenu.item("view-save", "Save this view…", bookmarks::save),
                        new SeparatorMenuItem(),
                        TimeMenu.item(
                                "view-paste",
                                "Open the copied view (Ctrl+Shift+B)",
                                bookmarks::paste),
                        TimeMenu.item(
                                "view-open",
                                "Open a view…",
                                () -> bookmarks.askToOpen(picks.get())));
    }
}

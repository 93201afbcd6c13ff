package io.batchmesh.ui.canvas;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.theme.Palette;
import io.batchmesh.ui.theme.PaletteRegion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * The drawing of a topology that people work on. It shows what it was given and asks {@link
 * CanvasActions} for every change. It is painted anew when something changed, at most once in a
 * pulse, and not at all while nothing does. FX thread only.
 */
public final class TopologyCanvas extends Region {
    /** Around the drawing when all of it is shown, in pixels. */
    private static final double MARGIN = 32;

    private static final double ZOOM_STEP = 1.2;

    private final PaletteRegion palette = new PaletteRegion();
    private final LineRaster raster = new LineRaster();
    private final Surface surface = new Surface(this::paint);
    private final SceneModel model = new SceneModel();
    private final Arranger arranger;
    private final RateHistory rates = new RateHistory();
    private final TrafficDots dots;

    private final ObjectProperty<Selection> selection =
            new SimpleObjectProperty<>(this, "selection", Selection.NONE);
    private final ReadOnlyObjectWrapper<Picture> picture =
            new ReadOnlyObjectWrapper<>(this, "picture", Picture.EMPTY);
    private final ObjectProperty<Viewport> viewport =
            new SimpleObjectProperty<>(this, "viewport", Viewport.PLAIN);
    private final ObjectProperty<@Nullable Thing> focusedThing =
            new SimpleObjectProperty<>(this, "focusedThing");
    private final BooleanProperty animated = new SimpleBooleanProperty(this, "animated", true);

    private Topology topology = Topology.empty("");
    private MeshSnapshot snapshot = MeshSnapshot.EMPTY;
    private Duration staleAfter = Observed.STALE_AFTER;
    private Annotations annotations = Annotations.NONE;
    private CanvasActions actions = CanvasActions.NONE;
    private Sketch sketch = Sketch.NONE;
    private @Nullable Thing hover;
    private @Nullable SceneIndex index;
    private boolean pictureOld = true;
    private boolean painting;
    private boolean fitOnResize = true;
    private boolean fitPending = true;

    /**
     * @param background where long layouts are computed, not on the FX thread
     */
    public TopologyCanvas(Executor background) {
        this.arranger =
                new Arranger(background, this::pictureChanged, places -> actions.onPlaced(places));
        this.dots = new TrafficDots(this);
        getStyleClass().add("bm-canvas");
        setFocusTraversable(true);
        setMinSize(0, 0);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleRoleDescription("topology");
        getChildren().addAll(palette, surface, dots);
        palette.setManaged(false);
        palette.paletteProperty().subscribe(p -> surface.paintAnew());
        selection.subscribe(s -> pictureChanged());
        viewport.subscribe(this::viewChanged);
        focusedThing.subscribe(t -> focusMoved());
        focusedProperty().subscribe(f -> surface.paintAnew());
        animated.subscribe(a -> surface.paintAnew());
        new CanvasKeys(this, new CanvasMouse(this));
    }

    public void setActions(CanvasActions actions) {
        this.actions = actions;
    }

    CanvasActions actions() {
        return actions;
    }

    /** Shows another document: arranged where it says nothing, and all of it in view. */
    public void openTopology(Topology topology) {
        arranger.standings().clear();
        selection.set(Selection.NONE);
        focusedThing.set(null);
        fitOnResize = true;
        fitPending = true;
        setTopology(topology);
    }

    /** Shows the document after an edit. Nothing moves but what the edit moved. */
    public void setTopology(Topology topology) {
        this.topology = topology;
        rates.keep(topology.services().keySet());
        selection.set(selection.get().within(topology));
        arranger.setTopology(topology);
        pictureChanged();
    }

    public Topology topology() {
        return topology;
    }

    /** Shows the next numbers; each call is a point of the small lines on the cards. */
    public void setSnapshot(MeshSnapshot snapshot) {
        this.snapshot = snapshot;
        if (!snapshot.equals(MeshSnapshot.EMPTY)) {
            rates.add(Readings.rates(topology, observed(Map.of())));
        }
        pictureChanged();
    }

    /** From which age numbers are shown as old; five seconds unless told otherwise. */
    public void setStaleAfter(Duration staleAfter) {
        this.staleAfter = staleAfter;
        pictureChanged();
    }

    /** Shows what runs, and what is said about the drawn things. */
    public void setAnnotations(Annotations annotations) {
        this.annotations = annotations;
        pictureChanged();
    }

    public Annotations annotations() {
        return annotations;
    }

    public ObjectProperty<Selection> selectionProperty() {
        return selection;
    }

    /** Whether dots move along the links; they never do where the system asks for less motion. */
    public BooleanProperty animatedProperty() {
        return animated;
    }

    /** Whether a layout is being computed. */
    public ReadOnlyBooleanProperty arrangingProperty() {
        return arranger.arrangingProperty();
    }

    /** What is painted; follows the setters with the next layout pass. */
    public ReadOnlyObjectProperty<Picture> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    /** The painted picture, made anew first where something changed. */
    public Picture picture() {
        if (pictureOld) {
            pictureOld = false;
            picture.set(model.pictureOf(input()));
            if (index != null && !index.fits(picture.get())) {
                index = null;
            }
        }
        return picture.get();
    }

    public ObjectProperty<Viewport> viewportProperty() {
        return viewport;
    }

    public Viewport viewport() {
        return viewport.get();
    }

    /** Where the keyboard is. */
    public ObjectProperty<@Nullable Thing> focusedThingProperty() {
        return focusedThing;
    }

    /** Shows all of the drawing. */
    public void fit() {
        fitOnResize = true;
        fitPending = true;
        surface.paintAnew();
    }

    public void zoomIn() {
        zoomBy(ZOOM_STEP, getWidth() / 2, getHeight() / 2);
    }

    public void zoomOut() {
        zoomBy(1 / ZOOM_STEP, getWidth() / 2, getHeight() / 2);
    }

    /** At the size as drawn, with the middle staying there. */
    public void zoomToPlain() {
        setViewByHand(viewport.get().at(1, getWidth() / 2, getHeight() / 2));
    }

    void zoomBy(double factor, double x, double y) {
        setViewByHand(viewport.get().zoomed(factor, x, y));
    }

    /** From now on the view is the user's and follows no change of size. */
    public void setViewByHand(Viewport view) {
        fitOnResize = false;
        fitPending = false;
        viewport.set(view);
    }

    /** Moves the view, where it must, so that the thing can be seen. */
    public void reveal(Thing thing) {
        var box = picture().boxOf(thing);
        if (box == null || getWidth() <= 0) {
            return;
        }
        var view = viewport.get();
        var pixels = view.box(box).grown(MARGIN / 2);
        if (!new Box(0, 0, getWidth(), getHeight()).contains(pixels)) {
            setViewByHand(view.centeredOn(box.centerX(), box.centerY(), getWidth(), getHeight()));
        }
    }

    /** Arranges everything but the pinned services anew, and hands the places to the owner. */
    public void tidy() {
        arranger.tidy(positions -> {
            fitPending = true;
            pictureChanged();
            actions.onTidied(positions);
        });
    }

    /** Where each service stands now, also those that the topology says nothing about. */
    public Map<ServiceId, Position> positions() {
        return arranger.standings().current();
    }

    /** The middle of a card on the screen; null when it is not drawn or there is no window. */
    public @Nullable Point2D screenPointOf(ServiceId service) {
        return screenPoint(picture().boxOf(new Thing.OfService(service)));
    }

    /** The middle of the badge of a link on the screen. */
    public @Nullable Point2D screenPointOf(LinkId link) {
        return screenPoint(picture().boxOf(new Thing.OfLink(link)));
    }

    /** The handle of a card, from which links are drawn, on the screen. */
    public @Nullable Point2D screenPointOfPort(ServiceId service) {
        var card = picture().card(service);
        return card == null ? null : screenPoint(new Box(card.portX(), card.portY(), 0, 0));
    }

    /** What is at a place of this control, in its own pixels. */
    public Thing thingAt(double x, double y) {
        if (index == null) {
            index = new SceneIndex(picture());
        }
        var view = viewport.get();
        return index.at(view.drawingX(x), view.drawingY(y), view.scale());
    }

    Set<ServiceId> servicesWithin(Box drawing) {
        return new SceneIndex(picture()).within(drawing);
    }

    Palette palette() {
        return palette.palette();
    }

    void setHover(@Nullable Thing thing) {
        if (thing == null ? hover != null : !thing.equals(hover)) {
            hover = thing;
            surface.paintAnew();
        }
    }

    void setSketch(Sketch sketch) {
        this.sketch = sketch;
        surface.paintAnew();
    }

    /** Shows services elsewhere while they are dragged. */
    void moveFor(Map<ServiceId, Position> positions) {
        fitOnResize = false;
        arranger.standings().move(positions);
        pictureChanged();
    }

    void takeBackMoves() {
        arranger.standings().takeBackMoves();
        pictureChanged();
    }

    private @Nullable Point2D screenPoint(@Nullable Box drawing) {
        var view = viewport.get();
        return drawing == null
                ? null
                : localToScreen(view.x(drawing.centerX()), view.y(drawing.centerY()));
    }

    private void viewChanged() {
        if (!painting) {
            surface.paintAnew();
        }
    }

    private void pictureChanged() {
        pictureOld = true;
        surface.paintAnew();
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, @Nullable Object... parameters) {
        return attribute == AccessibleAttribute.TEXT
                ? sentence()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    private void focusMoved() {
        setAccessibleText(sentence());
        surface.paintAnew();
    }

    private String sentence() {
        var thing = focusedThing.get();
        return thing == null ? Sentences.of(picture()) : Sentences.of(thing, picture());
    }

    private SceneInput input() {
        var sparks = new LinkedHashMap<ServiceId, Spark>();
        for (var id : topology.services().keySet()) {
            sparks.put(id, rates.of(id));
        }
        return new SceneInput(
                topology,
                arranger.standings().current(),
                observed(sparks),
                annotations,
                selection.get());
    }

    private Observed observed(Map<ServiceId, Spark> sparks) {
        return new Observed(snapshot, sparks, staleAfter);
    }

    private void fitNow(double width, double height) {
        var bounds = picture().bounds();
        if (bounds != null && width > 0 && height > 0) {
            fitPending = false;
            viewport.set(Viewport.fitting(bounds, width, height, MARGIN));
        }
    }

    private void paint(GraphicsContext graphics, double width, double height) {
        painting = true;
        var shown = picture();
        if (fitPending) {
            fitNow(width, height);
        }
        var pen = new CanvasPen(graphics, palette.palette(), raster);
        var emphasis = new Emphasis(hover, isFocused() ? focusedThing.get() : null);
        if (shown.isEmpty() && !topology.services().isEmpty()) {
            ScenePainter.arranging(pen, width, height, topology.services().size());
        } else {
            new ScenePainter(shown, viewport.get(), width, height, emphasis).paint(pen);
        }
        sketch.paint(pen, shown, viewport.get());
        dots.painted(shown, viewport.get());
        painting = false;
    }

    @Override
    protected void layoutChildren() {
        if (surface.getWidth() != getWidth() || surface.getHeight() != getHeight()) {
            fitPending |= fitOnResize;
            surface.resizeRelocate(0, 0, getWidth(), getHeight());
        }
        surface.layout();
    }
}

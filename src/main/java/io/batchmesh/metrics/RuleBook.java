package io.batchmesh.metrics;

/** What an exposition is held to beyond the form of its lines. */
interface RuleBook {
    /** Nothing. */
    RuleBook NONE =
            new RuleBook() {
                @Override
                public void metadata(MetadataLine line, int position) {}

                @Override
                public void sample(Sample sample, int position) {}

                @Override
                public void end() {}
            };

    /**
     * What is said about a family.
     *
     * @param position where the line begins
     */
    void metadata(MetadataLine line, int position) throws BadLine;

    /**
     * A sample.
     *
     * @param position where the line begins
     */
    void sample(Sample sample, int position) throws BadLine;

    /** The end of the text. */
    void end() throws BadLine;
}

#include "ui/theme/theme.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace loopscope;

namespace {

double linear(double share)
{
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

// As WCAG has it.
double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double lighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

struct Lab {
    double lightness;
    double a;
    double b;
};

Lab labOf(const QColor &color)
{
    const double r = linear(color.redF());
    const double g = linear(color.greenF());
    const double b = linear(color.blueF());
    const auto bend = [](double t) { return t > 0.008856 ? std::cbrt(t) : t * 7.787 + 16.0 / 116; };
    const double x = bend((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const double y = bend(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = bend((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const QColor &first, const QColor &second)
{
    const Lab p = labOf(first);
    const Lab q = labOf(second);
    return std::hypot(p.lightness - q.lightness, p.a - q.a, p.b - q.b);
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ghostsArePaleReadableAndToldApart_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void ghostsArePaleReadableAndToldApart()
    {
        QFETCH(bool, isDark);
        const Theme theme = isDark ? Theme::dark() : Theme::light();
        const Theme ghost = theme.ghost();
        for (const State state : taskStates) {
            QVERIFY(distance(ghost.state(state), theme.canvas) < 0.6 * distance(theme.state(state), theme.canvas));
            QVERIFY2(contrast(ghost.state(state), ghost.textOn(state)) >= 4.5, qPrintable(ghost.state(state).name()));
            for (const State other : taskStates)
                QVERIFY2(state == other || distance(ghost.state(state), ghost.state(other)) > 5, qPrintable(ghost.state(state).name()));
        }
    }

    void slicesAreReadableEquallyLightAndNoStates_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void slicesAreReadableEquallyLightAndNoStates()
    {
        QFETCH(bool, isDark);
        const Theme theme = isDark ? Theme::dark() : Theme::light();
        for (SliceHue hue = 0; hue <= mixedSlices; ++hue)
            QVERIFY(contrast(theme.slice(hue), theme.textOnSlice()) >= 4.5);
        for (SliceHue hue = 0; hue < sliceHueCount; ++hue) {
            QVERIFY(std::abs(labOf(theme.slice(hue)).lightness - labOf(theme.slice(0)).lightness) < 1);
            for (const State state : taskStates)
                QVERIFY2(distance(theme.slice(hue), theme.state(state)) > 18, qPrintable(theme.slice(hue).name()));
            for (SliceHue other = 0; other < hue; ++other)
                QVERIFY(distance(theme.slice(hue), theme.slice(other)) > 12);
        }
    }

    void aNameHasTheSameColourForEver()
    {
        static_assert(sliceHueOf("paint") == sliceHueOf(std::string_view("paint")));
        QCOMPARE(sliceHueOf("parse"), SliceHue(11));
        QCOMPARE(sliceHueOf(""), SliceHue(9));
        std::set<SliceHue> used;
        for (char c = 'a'; c <= 'z'; ++c)
            used.insert(sliceHueOf(std::string("function ") + c));
        QVERIFY(used.size() > 8); // names that resemble each other have various ones
    }
};

QTEST_GUILESS_MAIN(ThemeTest)
#include "theme_test.moc"

#include "ui/window/suggested_name.h"

#include <QRegularExpression>

namespace loopscope {

namespace {

constexpr qsizetype mostCharacters = 60;

/// What would hide a file, be taken for an option, or not be seen.
bool isBadAtAnEnd(QChar character)
{
    return character == QLatin1Char(' ') || character == QLatin1Char('.') || character == QLatin1Char('-') || character.isMark();
}

} // namespace

QString suggestedName(const QString &title)
{
    static const QRegularExpression unwanted(QStringLiteral("[^\\p{L}\\p{M}\\p{N} ._+=@(),-]+"));
    QString name = title;
    name = name.replace(unwanted, QStringLiteral(" ")).simplified().left(mostCharacters);
    if (!name.isEmpty() && name.back().isHighSurrogate())
        name.chop(1);
    while (!name.isEmpty() && isBadAtAnEnd(name.front()))
        name.remove(0, 1);
    while (!name.isEmpty() && (isBadAtAnEnd(name.back()) && !name.back().isMark()))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("loopscope") : name;
}

QString withoutFormatEnding(const QString &fileName)
{
    static const QRegularExpression endings(QStringLiteral("(\\.(loopscope|json|gz|csv|part))+$"),
                                            QRegularExpression::CaseInsensitiveOption);
    return QString(fileName).remove(endings);
}

} // namespace loopscope
